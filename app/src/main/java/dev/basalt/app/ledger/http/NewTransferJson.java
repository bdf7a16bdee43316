package dev.basalt.app.ledger.http;

import dev.basalt.app.http.BodyReader;
import dev.basalt.domain.ledger.TransferOrder;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The order to move money, as the interface is described; it is read field by field.
 *
 * @param fromAccount where it comes from
 * @param toAccount where it goes, another account in the same currency
 * @param amount how much, in minor units
 * @param description what it is for, up to 500 characters
 */
@Schema(name = "NewTransfer")
record NewTransferJson(
        @Schema(minimum = "1") long fromAccount,
        @Schema(minimum = "1") long toAccount,
        @Schema(minimum = "1") long amount,
        @Schema(defaultValue = "") @Nullable String description) {

    /** Reads the order and the key that came with it, and reports the faults of both. */
    static TransferOrder read(byte[] bytes, IdempotencyKey key) {
        var body = new BodyReader(bytes);
        long from = body.number("from_account", 1, Long.MAX_VALUE);
        long to = body.number("to_account", 1, Long.MAX_VALUE);
        long amount = body.number("amount", 1, Long.MAX_VALUE);
        String description = body.text("description", TransferOrder.MAX_DESCRIPTION, "");
        if (from == to && body.isSound("from_account") && body.isSound("to_account")) {
            body.fault("to_account", "is " + to + " like from_account: another account is allowed");
        }
        key.reportTo(body);
        body.check();
        return new TransferOrder(key.value(), from, to, amount, description);
    }
}

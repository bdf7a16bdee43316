package dev.basalt.app.ledger.http;

import dev.basalt.app.http.BodyReader;
import dev.basalt.domain.ledger.OpenAccount;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The order to open an account, as the interface is described; it is read field by field.
 *
 * @param owner whose it is to be, 1 to 200 characters
 * @param currency an ISO 4217 code
 * @param openingBalance what is to be on it at first, in minor units
 */
@Schema(
        name = "NewAccount",
        requiredProperties = {"owner", "currency"})
record NewAccountJson(
        String owner,
        String currency,
        @Schema(defaultValue = "0", minimum = "0") @Nullable Long openingBalance) {

    /** Reads the order and the key that came with it, and reports the faults of both. */
    static OpenAccount read(byte[] bytes, IdempotencyKey key) {
        var body = new BodyReader(bytes);
        String owner = body.text("owner", OpenAccount.MAX_OWNER);
        String currency = body.code("currency", "an ISO 4217 code", OpenAccount::isCurrency);
        long openingBalance = body.number("opening_balance", 0, Long.MAX_VALUE, 0);
        key.reportTo(body);
        body.check();
        return new OpenAccount(key.value(), owner, currency, openingBalance);
    }
}

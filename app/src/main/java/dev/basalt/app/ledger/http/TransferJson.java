package dev.basalt.app.ledger.http;

import dev.basalt.domain.ledger.Transfer;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * Money that was moved.
 *
 * @param id its number
 * @param fromAccount where it came from
 * @param toAccount where it went
 * @param amount how much, in minor units
 * @param currency the currency's ISO 4217 code
 * @param description what it was for
 * @param createdAt when it was booked
 */
@Schema(name = "Transfer")
record TransferJson(
        long id,
        long fromAccount,
        long toAccount,
        long amount,
        String currency,
        String description,
        Instant createdAt) {

    static TransferJson of(Transfer transfer) {
        return new TransferJson(
                transfer.id(),
                transfer.fromAccount(),
                transfer.toAccount(),
                transfer.amount(),
                transfer.currency(),
                transfer.description(),
                transfer.createdAt());
    }
}

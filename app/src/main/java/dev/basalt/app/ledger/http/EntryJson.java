package dev.basalt.app.ledger.http;

import dev.basalt.domain.ledger.Entry;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * One side of a transfer on an account.
 *
 * @param transferId the transfer
 * @param amount what it added, in minor units; below 0 where money left
 * @param balanceAfter what was on the account then
 * @param createdAt when it was booked
 */
@Schema(name = "Entry")
record EntryJson(long transferId, long amount, long balanceAfter, Instant createdAt) {

    static EntryJson of(Entry entry) {
        return new EntryJson(entry.transferId(), entry.amount(), entry.balanceAfter(), entry.createdAt());
    }
}

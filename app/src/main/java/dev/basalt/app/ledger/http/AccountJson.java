package dev.basalt.app.ledger.http;

import dev.basalt.domain.ledger.Account;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * An account.
 *
 * @param id its number
 * @param owner whose it is
 * @param currency its currency's ISO 4217 code
 * @param balance what is on it, in minor units
 * @param version how many entries it has had
 * @param createdAt when it was opened
 */
@Schema(name = "Account")
record AccountJson(long id, String owner, String currency, long balance, long version, Instant createdAt) {

    static AccountJson of(Account account) {
        return new AccountJson(
                account.id(),
                account.owner(),
                account.currency(),
                account.balance(),
                account.version(),
                account.createdAt());
    }
}

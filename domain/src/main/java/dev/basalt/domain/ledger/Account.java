package dev.basalt.domain.ledger;

import java.time.Instant;

/**
 * An account and what is on it.
 *
 * @param id its number
 * @param owner whose it is
 * @param currency its currency's ISO 4217 code
 * @param balance what is on it, in the currency's minor units; below 0 only on a system account
 * @param version how many entries it has had since it was opened
 * @param system whether it is the ledger's own: opening balances come from it
 * @param createdAt when it was opened, in whole microseconds
 */
public record Account(
        long id, String owner, String currency, long balance, long version, boolean system, Instant createdAt) {

    /** The account after one more entry. */
    Account withEntry(long newBalance) {
        return new Account(id, owner, currency, newBalance, version + 1, system, createdAt);
    }
}

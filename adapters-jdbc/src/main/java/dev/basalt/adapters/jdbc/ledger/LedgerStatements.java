package dev.basalt.adapters.jdbc.ledger;

import dev.basalt.domain.ledger.Account;
import dev.basalt.domain.ledger.TransferOrder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's statements over sets, as one database says them. All belong to the running transaction.
 * Thread-safe.
 */
public interface LedgerStatements {

    /**
     * Keeps others from working on these keys until the transaction ends; in order, so that nobody waits in a circle.
     *
     * <p>With several keys, where others can hold single accounts, this and all that follows in the transaction waits about
     * a second for each lock and then fails with {@link
     * dev.basalt.domain.failure.DatabaseFailure.SerializationConflict}.
     *
     * @param kind what the keys are of; the same key of another kind is another key
     */
    void lockKeys(String kind, SortedSet<String> keys);

    /** Reads accounts and keeps others from changing them until the transaction ends; in order of their numbers. */
    List<AccountRow> lockAccounts(SortedSet<Long> ids);

    /** The orders that are recorded under these keys. */
    List<TransferRow> recorded(SortedSet<String> keys);

    /** Records orders; returns their numbers by key. */
    Map<String, Long> insertTransfers(List<NewTransfer> transfers, Instant createdAt);

    void insertEntries(List<NewEntry> entries, Instant createdAt);

    /** Writes back balances and versions. */
    void updateAccounts(List<Account> accounts);

    /** A point in time as the database keeps it. */
    Object stored(Instant instant);

    /** An order to be recorded; with a refusal, nothing is moved. */
    record NewTransfer(
            TransferOrder order, String currency, @Nullable String refusal) {}

    /** An entry to be written. */
    record NewEntry(long accountId, long transferId, long amount, long balanceAfter) {}
}

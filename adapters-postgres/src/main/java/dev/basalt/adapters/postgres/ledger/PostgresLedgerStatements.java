package dev.basalt.adapters.postgres.ledger;

import dev.basalt.adapters.jdbc.ledger.AccountRow;
import dev.basalt.adapters.jdbc.ledger.LedgerStatements;
import dev.basalt.adapters.jdbc.ledger.TransferRow;
import dev.basalt.adapters.jdbc.transaction.JdbcSession;
import dev.basalt.domain.ledger.Account;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sets come as arrays, one for each column. */
final class PostgresLedgerStatements implements LedgerStatements {

    /**
     * How long any one lock is waited for. Whoever waits holds a connection, and one order of a batch keeps the others
     * waiting, so it is short; the transaction is run again while its attempts last.
     */
    private static final String LOCK_TIMEOUT = "1s";

    /**
     * Sets the time-out before the first lock is taken, and in the same round trip. And has plans made that use the indexes: a
     * prepared statement keeps its plan, and one that was made while a table was empty would read all of it later on.
     */
    private static final String LOCK_KEYS = """
            WITH bounded AS MATERIALIZED (
                SELECT set_config('lock_timeout', '%s', true), set_config('enable_seqscan', 'off', true))
            SELECT pg_advisory_xact_lock(hash)
              FROM bounded CROSS JOIN
                   (SELECT DISTINCT hashtextextended(? || ':' || key, 0) AS hash
                      FROM unnest(?::text[]) AS key
                     ORDER BY hash) AS hashes
            """.formatted(LOCK_TIMEOUT);

    private final JdbcSession session;

    PostgresLedgerStatements(JdbcSession session) {
        this.session = session;
    }

    /**
     * Takes advisory locks on the keys' hashes: two orders of one key touch different accounts, so the row locks alone do
     * not keep them apart. Two keys of one hash wait for each other without need.
     *
     * <p>From here on no lock of the transaction is waited for longer than {@value #LOCK_TIMEOUT}, those of accounts
     * included.
     */
    @Override
    public void lockKeys(String kind, SortedSet<String> keys) {
        session.query(LOCK_KEYS, row -> row.getObject(1), kind, array(keys, new String[0]));
    }

    @Override
    public List<AccountRow> lockAccounts(SortedSet<Long> ids) {
        return session.query(
                "SELECT " + AccountRow.COLUMNS
                        + " FROM accounts WHERE id = ANY (?::bigint[]) ORDER BY id FOR NO KEY UPDATE",
                AccountRow::read,
                array(ids, new Long[0]));
    }

    @Override
    public List<TransferRow> recorded(SortedSet<String> keys) {
        return session.query(
                "SELECT " + TransferRow.COLUMNS + " FROM transfers WHERE idempotency_key = ANY (?::text[])",
                TransferRow::read,
                array(keys, new String[0]));
    }

    @Override
    public Map<String, Long> insertTransfers(List<NewTransfer> transfers, Instant createdAt) {
        return session
                .query(
                        """
                        INSERT INTO transfers
                               (idempotency_key, from_account, to_account, amount, currency, description, refusal, created_at)
                        SELECT new.*, ?
                          FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[]) AS new
                        RETURNING idempotency_key, id
                        """,
                        row -> Map.entry(row.getString(1), row.getLong(2)),
                        stored(createdAt),
                        column(
                                transfers,
                                new String[0],
                                transfer -> transfer.order().key()),
                        column(
                                transfers,
                                new Long[0],
                                transfer -> transfer.order().fromAccount()),
                        column(
                                transfers,
                                new Long[0],
                                transfer -> transfer.order().toAccount()),
                        column(
                                transfers,
                                new Long[0],
                                transfer -> transfer.order().amount()),
                        column(transfers, new String[0], NewTransfer::currency),
                        column(
                                transfers,
                                new String[0],
                                transfer -> transfer.order().description()),
                        column(transfers, new @Nullable String[0], NewTransfer::refusal))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public void insertEntries(List<NewEntry> entries, Instant createdAt) {
        session.update(
                """
                INSERT INTO entries (account_id, transfer_id, amount, balance_after, created_at)
                SELECT new.*, ? FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[]) AS new
                """,
                stored(createdAt),
                column(entries, new Long[0], NewEntry::accountId),
                column(entries, new Long[0], NewEntry::transferId),
                column(entries, new Long[0], NewEntry::amount),
                column(entries, new Long[0], NewEntry::balanceAfter));
    }

    @Override
    public void updateAccounts(List<Account> accounts) {
        session.update(
                """
                UPDATE accounts SET balance = new.balance, version = new.version
                  FROM unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS new (id, balance, version)
                 WHERE accounts.id = new.id
                """,
                column(accounts, new Long[0], Account::id),
                column(accounts, new Long[0], Account::balance),
                column(accounts, new Long[0], Account::version));
    }

    @Override
    public Object stored(Instant instant) {
        return Timestamp.from(instant);
    }

    private static <T> Object array(SortedSet<T> values, T[] type) {
        return values.toArray(type);
    }

    private static <T, V extends @Nullable Object> V[] column(List<T> rows, V[] type, Function<T, V> column) {
        return rows.stream().map(column).toList().toArray(type);
    }
}

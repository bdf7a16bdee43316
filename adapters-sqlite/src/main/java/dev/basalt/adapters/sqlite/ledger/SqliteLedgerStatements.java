package dev.basalt.adapters.sqlite.ledger;

import dev.basalt.adapters.jdbc.ledger.AccountRow;
import dev.basalt.adapters.jdbc.ledger.LedgerStatements;
import dev.basalt.adapters.jdbc.ledger.StoredInstant;
import dev.basalt.adapters.jdbc.ledger.TransferRow;
import dev.basalt.adapters.jdbc.transaction.JdbcSession;
import dev.basalt.domain.ledger.Account;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sets come as JSON. Nothing needs locking: a transaction that writes is the only one. */
final class SqliteLedgerStatements implements LedgerStatements {

    private final JdbcSession session;

    SqliteLedgerStatements(JdbcSession session) {
        this.session = session;
    }

    @Override
    public void lockKeys(String kind, SortedSet<String> keys) {}

    @Override
    public List<AccountRow> lockAccounts(SortedSet<Long> ids) {
        return session.query(
                "SELECT " + AccountRow.COLUMNS
                        + " FROM accounts WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
                AccountRow::read,
                JsonArrays.of(ids));
    }

    @Override
    public List<TransferRow> recorded(SortedSet<String> keys) {
        return session.query(
                "SELECT " + TransferRow.COLUMNS
                        + " FROM transfers WHERE idempotency_key IN (SELECT value FROM json_each(?))",
                TransferRow::read,
                JsonArrays.of(keys));
    }

    @Override
    public Map<String, Long> insertTransfers(List<NewTransfer> transfers, Instant createdAt) {
        return session
                .query(
                        """
                        INSERT INTO transfers
                               (idempotency_key, from_account, to_account, amount, currency, description, refusal, created_at)
                        SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, ?
                          FROM json_each(?)
                         ORDER BY key
                        RETURNING idempotency_key, id
                        """,
                        row -> Map.entry(row.getString(1), row.getLong(2)),
                        stored(createdAt),
                        JsonArrays.ofRows(
                                transfers,
                                transfer -> cells(
                                        transfer.order().key(),
                                        transfer.order().fromAccount(),
                                        transfer.order().toAccount(),
                                        transfer.order().amount(),
                                        transfer.currency(),
                                        transfer.order().description(),
                                        transfer.refusal())))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public void insertEntries(List<NewEntry> entries, Instant createdAt) {
        session.update(
                """
                INSERT INTO entries (account_id, transfer_id, amount, balance_after, created_at)
                SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, ? FROM json_each(?) ORDER BY key
                """,
                stored(createdAt),
                JsonArrays.ofRows(
                        entries,
                        entry -> cells(entry.accountId(), entry.transferId(), entry.amount(), entry.balanceAfter())));
    }

    @Override
    public void updateAccounts(List<Account> accounts) {
        session.update(
                """
                UPDATE accounts SET balance = new.value ->> 1, version = new.value ->> 2
                  FROM json_each(?) AS new
                 WHERE accounts.id = new.value ->> 0
                """, JsonArrays.ofRows(accounts, account -> cells(account.id(), account.balance(), account.version())));
    }

    @Override
    public Object stored(Instant instant) {
        return StoredInstant.micros(instant);
    }

    private static List<@Nullable Object> cells(@Nullable Object... cells) {
        return Arrays.asList(cells);
    }
}

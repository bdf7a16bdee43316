package dev.basalt.adapters.jdbc.ledger;

import dev.basalt.adapters.jdbc.JdbcBackend;
import dev.basalt.domain.ledger.Account;
import dev.basalt.domain.ledger.AccountOutcome;
import dev.basalt.domain.ledger.OpenAccount;
import dev.basalt.domain.ledger.Settlement;
import dev.basalt.domain.ledger.TransferOrder;
import dev.basalt.domain.ledger.Verdict;
import dev.basalt.domain.transaction.Nesting;
import dev.basalt.domain.transaction.TransactionOptions;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/** Opens accounts, in the running transaction. Thread-safe. */
final class Openings {

    private static final String INSERT_ACCOUNT = """
            INSERT INTO accounts (idempotency_key, owner, currency, balance, opening_balance, version, system, created_at)
            VALUES (?, ?, ?, 0, ?, 0, ?, ?)
            RETURNING\s""" + AccountRow.COLUMNS;

    private static final String INSERT_SYSTEM_ACCOUNT = """
            INSERT INTO accounts (owner, currency, balance, opening_balance, version, system, created_at)
            VALUES ('system', ?, 0, 0, 0, ?, ?)
            ON CONFLICT (currency) WHERE system DO NOTHING
            """;

    private final JdbcBackend backend;
    private final LedgerStatements statements;
    private final Bookings bookings;

    Openings(JdbcBackend backend, LedgerStatements statements, Bookings bookings) {
        this.backend = backend;
        this.statements = statements;
        this.bookings = bookings;
    }

    /** Opens an account, or leaves nothing behind. */
    AccountOutcome open(OpenAccount order, Instant now) {
        return backend.transactions()
                .inTransaction(TransactionOptions.WRITE.withNesting(Nesting.SAVEPOINT), transaction -> {
                    AccountRow opened = insert(order, now);
                    if (order.openingBalance() > 0) {
                        Account system = lockSystemAccount(order.currency(), now);
                        var settlement = Settlement.open(system, opened.account(), booking(order, system, opened));
                        if (settlement.verdicts().getFirst() instanceof Verdict.Refused refused) {
                            transaction.rollbackOnly();
                            return new AccountOutcome.Refused(refused.refusal());
                        }
                        bookings.record(settlement, now);
                    }
                    return new AccountOutcome.Opened(opened.opened());
                });
    }

    private static TransferOrder booking(OpenAccount order, Account system, AccountRow opened) {
        return new TransferOrder(
                UUID.randomUUID().toString(), system.id(), opened.id(), order.openingBalance(), "opening balance");
    }

    private AccountRow insert(OpenAccount order, Instant now) {
        return backend.session()
                .query(
                        INSERT_ACCOUNT,
                        AccountRow::read,
                        order.key(),
                        order.owner(),
                        order.currency(),
                        order.openingBalance(),
                        false,
                        statements.stored(now))
                .getFirst();
    }

    /** The currency's system account, made when there is none, and kept from others until the transaction ends. */
    private Account lockSystemAccount(String currency, Instant now) {
        backend.session().update(INSERT_SYSTEM_ACCOUNT, currency, true, statements.stored(now));
        List<Long> id = backend.session()
                .query("SELECT id FROM accounts WHERE system AND currency = ?", row -> row.getLong(1), currency);
        return statements.lockAccounts(new TreeSet<>(id)).getFirst().account();
    }
}

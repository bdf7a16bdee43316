package dev.basalt.adapters.jdbc.ledger;

import dev.basalt.adapters.jdbc.JdbcBackend;
import dev.basalt.domain.ledger.Account;
import dev.basalt.domain.ledger.AccountOutcome;
import dev.basalt.domain.ledger.Entry;
import dev.basalt.domain.ledger.OpenAccount;
import dev.basalt.domain.ledger.RecordedOrder;
import dev.basalt.domain.ledger.Refusal;
import dev.basalt.domain.ledger.Settlement;
import dev.basalt.domain.ledger.Transfer;
import dev.basalt.domain.ledger.TransferOrder;
import dev.basalt.domain.ledger.TransferOutcome;
import dev.basalt.domain.page.Page;
import dev.basalt.domain.page.PageRequest;
import dev.basalt.domain.transaction.Access;
import dev.basalt.ports.ledger.Ledger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The ledger: locks the keys, then the accounts, both in order, settles, and writes back. Whoever settles the same
 * accounts waits until this transaction ends, so READ COMMITTED is enough for an outcome as if one had run after another.
 */
public final class JdbcLedger implements Ledger {

    private final JdbcBackend backend;
    private final LedgerStatements statements;
    private final Bookings bookings;
    private final Openings openings;
    private final AccountRows accounts;
    private final TransferRows transfers;
    private final EntryRows entries;

    public JdbcLedger(
            JdbcBackend backend,
            LedgerStatements statements,
            AccountRows accounts,
            TransferRows transfers,
            EntryRows entries) {
        this.backend = backend;
        this.statements = statements;
        this.bookings = new Bookings(statements);
        this.openings = new Openings(backend, statements, bookings);
        this.accounts = accounts;
        this.transfers = transfers;
        this.entries = entries;
    }

    @Override
    public AccountOutcome open(OpenAccount order) {
        requireWriting();
        statements.lockKeys("account", new TreeSet<>(List.of(order.key())));
        return accounts.findByIdempotencyKey(order.key())
                .<AccountOutcome>map(row -> row.isOf(order)
                        ? new AccountOutcome.Opened(row.opened())
                        : new AccountOutcome.Refused(new Refusal.KeyReused(order.key())))
                .orElseGet(() -> openings.open(order, now()));
    }

    @Override
    public List<TransferOutcome> post(List<TransferOrder> orders) {
        requireWriting();
        var keys = new TreeSet<String>();
        var ids = new TreeSet<Long>();
        for (TransferOrder order : orders) {
            keys.add(order.key());
            ids.add(order.fromAccount());
            ids.add(order.toAccount());
        }
        statements.lockKeys("transfer", keys);
        Map<Long, Account> locked = statements.lockAccounts(ids).stream()
                .map(AccountRow::account)
                .collect(Collectors.toMap(Account::id, Function.identity()));
        Map<String, RecordedOrder> recorded = statements.recorded(keys).stream()
                .collect(Collectors.toMap(TransferRow::idempotencyKey, TransferRow::recorded));
        return bookings.record(Settlement.settle(locked, recorded, orders), now());
    }

    @Override
    public Optional<Account> account(long id) {
        requireRunning();
        return accounts.findById(id).map(AccountRow::account);
    }

    @Override
    public Page<Account> accounts(PageRequest request) {
        requireRunning();
        return Page.of(
                        accounts.page(false, request.pageSize() + 1, request.offset()),
                        request,
                        request.withTotal() ? accounts.countBySystem(false) : null)
                .map(AccountRow::account);
    }

    @Override
    public Optional<Transfer> transfer(long id) {
        requireRunning();
        return transfers.findByIdAndRefusalIsNull(id).map(TransferRow::transfer);
    }

    @Override
    public Page<Entry> entries(long account, PageRequest request) {
        requireRunning();
        return Page.of(
                        entries.page(account, request.pageSize() + 1, request.offset()),
                        request,
                        request.withTotal() ? entries.countByAccountId(account) : null)
                .map(EntryRow::entry);
    }

    private void requireRunning() {
        backend.session().transaction();
    }

    private void requireWriting() {
        if (backend.session().transaction().options().access() != Access.WRITE) {
            throw new IllegalStateException("the ledger is written to in a transaction that reads");
        }
    }

    /** Whole microseconds: what every backend keeps. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}

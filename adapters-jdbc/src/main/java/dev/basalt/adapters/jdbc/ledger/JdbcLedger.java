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
import dev.basalt.domain.ledger.Verdict;
import dev.basalt.domain.page.Page;
import dev.basalt.domain.page.PageRequest;
import dev.basalt.domain.transaction.Access;
import dev.basalt.domain.transaction.Nesting;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.ledger.Ledger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ledger: locks the keys, then the accounts, both in order, settles, and writes back. Whoever settles the same
 * accounts waits until this transaction ends, so READ COMMITTED is enough for an outcome as if one had run after another.
 */
public final class JdbcLedger implements Ledger {

    private final JdbcBackend backend;
    private final LedgerStatements statements;
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
                .orElseGet(() -> opened(order));
    }

    private AccountOutcome opened(OpenAccount order) {
        Instant now = now();
        return backend.transactions()
                .inTransaction(TransactionOptions.WRITE.withNesting(Nesting.SAVEPOINT), transaction -> {
                    AccountRow opened = statements.insertAccount(order, now);
                    if (order.openingBalance() > 0) {
                        Account system = statements
                                .lockSystemAccount(order.currency(), now)
                                .account();
                        var booking = new TransferOrder(
                                UUID.randomUUID().toString(),
                                system.id(),
                                opened.id(),
                                order.openingBalance(),
                                "opening balance");
                        var settlement = Settlement.open(system, opened.account(), booking);
                        if (settlement.verdicts().getFirst() instanceof Verdict.Refused refused) {
                            transaction.rollbackOnly();
                            return new AccountOutcome.Refused(refused.refusal());
                        }
                        record(settlement, now);
                    }
                    return new AccountOutcome.Opened(opened.opened());
                });
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
        return record(Settlement.settle(locked, recorded, orders), now());
    }

    /** Writes down what a settlement changes, and says what became of each order. */
    private List<TransferOutcome> record(Settlement settlement, Instant now) {
        Map<String, Long> ids = statements.insertTransfers(
                settlement.verdicts().stream()
                        .filter(Verdict::recorded)
                        .map(JdbcLedger::newTransfer)
                        .toList(),
                now);
        statements.insertEntries(
                settlement.verdicts().stream()
                        .flatMap(verdict -> newEntries(verdict, ids))
                        .toList(),
                now);
        statements.updateAccounts(settlement.changed());
        var outcomes = new ArrayList<TransferOutcome>();
        for (Verdict verdict : settlement.verdicts()) {
            outcomes.add(
                    switch (verdict) {
                        case Verdict.Booked booked ->
                            new TransferOutcome.Completed(transfer(booked, id(ids, booked.order()), now));
                        case Verdict.Refused refused -> new TransferOutcome.Refused(refused.refusal());
                        case Verdict.Known known -> known.outcome();
                        case Verdict.SameAs same -> outcomes.get(same.index());
                    });
        }
        return outcomes;
    }

    private static LedgerStatements.NewTransfer newTransfer(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Booked booked -> new LedgerStatements.NewTransfer(booked.order(), booked.currency(), null);
            case Verdict.Refused refused ->
                new LedgerStatements.NewTransfer(refused.order(), "", TransferRow.INSUFFICIENT_FUNDS);
            case Verdict.Known known -> throw new IllegalArgumentException("already recorded: " + known);
            case Verdict.SameAs same -> throw new IllegalArgumentException("already recorded: " + same);
        };
    }

    private static Stream<LedgerStatements.NewEntry> newEntries(Verdict verdict, Map<String, Long> ids) {
        if (!(verdict instanceof Verdict.Booked booked)) {
            return Stream.empty();
        }
        TransferOrder order = booked.order();
        long transfer = id(ids, order);
        return Stream.of(
                new LedgerStatements.NewEntry(order.fromAccount(), transfer, -order.amount(), booked.fromBalance()),
                new LedgerStatements.NewEntry(order.toAccount(), transfer, order.amount(), booked.toBalance()));
    }

    private static Transfer transfer(Verdict.Booked booked, long id, Instant now) {
        TransferOrder order = booked.order();
        return new Transfer(
                id,
                order.fromAccount(),
                order.toAccount(),
                order.amount(),
                booked.currency(),
                order.description(),
                now);
    }

    private static long id(Map<String, Long> ids, TransferOrder order) {
        Long id = ids.get(order.key());
        if (id == null) {
            throw new IllegalStateException("the order under key '" + order.key() + "' got no number");
        }
        return id;
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

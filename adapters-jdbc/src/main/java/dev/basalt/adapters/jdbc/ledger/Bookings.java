package dev.basalt.adapters.jdbc.ledger;

import dev.basalt.domain.ledger.Refusal;
import dev.basalt.domain.ledger.Settlement;
import dev.basalt.domain.ledger.Transfer;
import dev.basalt.domain.ledger.TransferOrder;
import dev.basalt.domain.ledger.TransferOutcome;
import dev.basalt.domain.ledger.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Turns settlements into rows, in the running transaction. Thread-safe. */
final class Bookings {

    private final LedgerStatements statements;

    Bookings(LedgerStatements statements) {
        this.statements = statements;
    }

    /** Writes down what a settlement changes, and says what became of each order. */
    List<TransferOutcome> record(Settlement settlement, Instant now) {
        List<LedgerStatements.NewTransfer> transfers = settlement.verdicts().stream()
                .filter(Verdict::recorded)
                .map(Bookings::newTransfer)
                .toList();
        Map<String, Long> ids = transfers.isEmpty() ? Map.of() : statements.insertTransfers(transfers, now);
        if (!settlement.changed().isEmpty()) {
            statements.insertEntries(
                    settlement.verdicts().stream()
                            .flatMap(verdict -> newEntries(verdict, ids))
                            .toList(),
                    now);
            statements.updateAccounts(settlement.changed());
        }
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
            case Verdict.Refused refused
            when refused.refusal() instanceof Refusal.InsufficientFunds funds ->
                new LedgerStatements.NewTransfer(refused.order(), funds.currency(), TransferRow.INSUFFICIENT_FUNDS);
            default -> throw new IllegalArgumentException("not to be recorded: " + verdict);
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
}

package dev.basalt.app.ledger;

import dev.basalt.domain.ledger.Account;
import dev.basalt.domain.ledger.AccountOutcome;
import dev.basalt.domain.ledger.Entry;
import dev.basalt.domain.ledger.OpenAccount;
import dev.basalt.domain.ledger.Transfer;
import dev.basalt.domain.ledger.TransferOrder;
import dev.basalt.domain.ledger.TransferOutcome;
import dev.basalt.domain.page.Page;
import dev.basalt.domain.page.PageRequest;
import dev.basalt.ports.ledger.Ledger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A ledger that notes the batches it is given, and carries out everything unless it is told to fail. Thread-safe. */
final class FakeLedger implements Ledger {

    private final Queue<List<TransferOrder>> batches = new ConcurrentLinkedQueue<>();
    private volatile Consumer<List<TransferOrder>> beforePosting = _ -> {};

    /** Has this called with each batch, before it is carried out; what it throws is what the ledger throws. */
    void beforePosting(Consumer<List<TransferOrder>> action) {
        beforePosting = action;
    }

    /** Has the batch of this one order wait until the latch opens. */
    CountDownLatch holdsUp(TransferOrder order) {
        var latch = new CountDownLatch(1);
        beforePosting(batch -> {
            if (batch.equals(List.of(order))) {
                await(latch);
            }
        });
        return latch;
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The batches that it was given, in their order. */
    List<List<TransferOrder>> batches() {
        return List.copyOf(batches);
    }

    @Override
    public List<TransferOutcome> post(List<TransferOrder> orders) {
        batches.add(orders);
        beforePosting.accept(orders);
        return orders.stream().map(FakeLedger::completed).toList();
    }

    private static TransferOutcome completed(TransferOrder order) {
        return new TransferOutcome.Completed(new Transfer(
                order.amount(),
                order.fromAccount(),
                order.toAccount(),
                order.amount(),
                "EUR",
                order.description(),
                Instant.EPOCH));
    }

    @Override
    public AccountOutcome open(OpenAccount order) {
        return new AccountOutcome.Opened(
                new Account(1, order.owner(), order.currency(), order.openingBalance(), 0, false, Instant.EPOCH));
    }

    @Override
    public Optional<Account> account(long id) {
        return Optional.empty();
    }

    @Override
    public Page<Account> accounts(PageRequest request) {
        throw new UnsupportedOperationException("this fake keeps no accounts");
    }

    @Override
    public Optional<Transfer> transfer(long id) {
        return Optional.empty();
    }

    @Override
    public Page<Entry> entries(long account, PageRequest request) {
        throw new UnsupportedOperationException("this fake keeps no entries");
    }
}

package dev.basalt.app.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Notes what it is told. Thread-safe. */
final class HeardBatches implements BatchListener {

    private final Queue<Integer> sizes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refusals = new AtomicInteger();

    /** How many orders each group held, in the order in which they were committed. */
    List<Integer> sizes() {
        return List.copyOf(sizes);
    }

    int refusals() {
        return refusals.get();
    }

    @Override
    public void committed(int size, Duration took) {
        sizes.add(size);
    }

    @Override
    public void refused() {
        refusals.incrementAndGet();
    }
}

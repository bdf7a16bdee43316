package dev.basalt.adapters.jdbc.pool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/**
 * Permits handed out in the order in which they are asked for, however many each one asks for. Thread-safe.
 *
 * <p>Unlike with a {@link java.util.concurrent.Semaphore}, all who wait can be sent away.
 */
public final class Permits {

    private final Deque<Waiter> queue = new ArrayDeque<>();
    private int free;

    public Permits(int count) {
        free = count;
    }

    /**
     * Takes permits, all at once, behind those who wait already.
     *
     * @param timeout the longest to wait; 0 for not at all
     * @return whether they were given; not if the time has passed or those who waited were sent away
     */
    public boolean tryAcquire(int count, long timeout, TimeUnit unit) throws InterruptedException {
        return tryAcquire(count, timeout, unit, () -> true);
    }

    /**
     * The same, unless nobody is to wait any more.
     *
     * @param admitted asked while nobody can be sent away: whoever stops admitting first and sends away then has nobody
     *     begin to wait in between
     */
    boolean tryAcquire(int count, long timeout, TimeUnit unit, BooleanSupplier admitted) throws InterruptedException {
        var waiter = new Waiter(count);
        synchronized (this) {
            if (!admitted.getAsBoolean()) {
                return false;
            }
            queue.add(waiter);
            admit();
        }
        if (timeout <= 0) {
            return !withdraw(waiter) && waiter.join();
        }
        try {
            return waiter.get(timeout, unit);
        } catch (TimeoutException e) {
            return !withdraw(waiter) && waiter.join();
        } catch (InterruptedException e) {
            if (!withdraw(waiter) && waiter.join()) {
                release(count);
            }
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("no waiter is ever failed", e);
        }
    }

    public synchronized void release(int count) {
        free += count;
        admit();
    }

    /** How many wait now. */
    synchronized int waiting() {
        return queue.size();
    }

    /** Ends the wait of all who wait now. */
    synchronized void sendAway() {
        queue.forEach(waiter -> waiter.complete(false));
        queue.clear();
    }

    private void admit() {
        for (Waiter first = queue.peek(); first != null && first.count <= free; first = queue.peek()) {
            queue.remove();
            free -= first.count;
            first.complete(true);
        }
    }

    /** Leaves the queue; tells whether the waiter still was in it. */
    private synchronized boolean withdraw(Waiter waiter) {
        boolean waited = queue.remove(waiter);
        // Behind one that asked for many there may be some who ask for few.
        admit();
        return waited;
    }

    private static final class Waiter extends CompletableFuture<Boolean> {
        private final int count;

        Waiter(int count) {
            this.count = count;
        }
    }
}

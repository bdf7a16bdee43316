package dev.basalt.app.resilience;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many retries a pool can afford, so that an outage is not multiplied by them. Thread-safe.
 *
 * <p>A bucket of tokens: each call puts in {@code percent / 100} of one, each retry takes one out. The bucket holds no more
 * than the reserve, with which it starts, so of any {@code n} calls in a row at most {@code reserve + n * percent / 100}
 * are followed by a retry. Nothing but calls fills it: in an outage the reserve is spent once, however long it lasts. A
 * service with few calls has all of it for a first fault.
 */
final class RetryBudget {

    /** Counted in hundredths, so that each call adds a whole number. */
    private static final long TOKEN = 100;

    private final long percent;
    private final long capacity;
    private final AtomicLong tokens;

    /**
     * Makes a full one.
     *
     * @param percent retries in percent of calls, 0 to 100; with 0 there are none, and the reserve is not used
     * @param reserve retries that can be made beside
     */
    RetryBudget(int percent, int reserve) {
        this.percent = percent;
        this.capacity = percent == 0 ? 0 : reserve * TOKEN;
        this.tokens = new AtomicLong(capacity);
    }

    /** Counts a call, however often it will be attempted. */
    void called() {
        if (tokens.get() < capacity) {
            tokens.updateAndGet(had -> Math.min(capacity, had + percent));
        }
    }

    /** Takes what a retry costs; tells whether there was enough. */
    boolean takeRetry() {
        return tokens.getAndUpdate(had -> had < TOKEN ? had : had - TOKEN) >= TOKEN;
    }
}

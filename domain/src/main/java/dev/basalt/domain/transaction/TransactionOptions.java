package dev.basalt.domain.transaction;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a transaction is to run. Start from {@link #READ} or {@link #WRITE}.
 *
 * @param access what it may do
 * @param isolation how isolated it is; default {@link Isolation#READ_COMMITTED}
 * @param nesting what it does inside another one; default {@link Nesting#JOIN}
 * @param timeout the longest it may take from its begin to its commit, in whole milliseconds above 0, or {@code null}
 *     for no limit of its own (each statement is still bounded by the pool's query time-out); ignored by a call that
 *     takes part in a running transaction
 * @param attempt which attempt at the whole work this is, from 1; said by whoever repeats it
 * @param idempotent whether the work may be run again although an earlier attempt may have been committed, because it
 *     finds out by itself what was done already; default false
 */
public record TransactionOptions(
        Access access,
        Isolation isolation,
        Nesting nesting,
        @Nullable Duration timeout,
        int attempt,
        boolean idempotent) {

    /** Reads only, read committed, joining, without a time-out of its own. */
    public static final TransactionOptions READ = of(Access.READ);

    /** Reads and writes, read committed, joining, without a time-out of its own. */
    public static final TransactionOptions WRITE = of(Access.WRITE);

    public TransactionOptions {
        if (timeout != null && timeout.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("transaction timeout is " + timeout + ": at least 1 ms is needed");
        }
        if (attempt < 1) {
            throw new IllegalArgumentException("attempt is " + attempt + ": 1 or more is allowed");
        }
    }

    private static TransactionOptions of(Access access) {
        return new TransactionOptions(access, Isolation.READ_COMMITTED, Nesting.JOIN, null, 1, false);
    }

    public TransactionOptions withIsolation(Isolation newIsolation) {
        return new TransactionOptions(access, newIsolation, nesting, timeout, attempt, idempotent);
    }

    public TransactionOptions withNesting(Nesting newNesting) {
        return new TransactionOptions(access, isolation, newNesting, timeout, attempt, idempotent);
    }

    public TransactionOptions withTimeout(@Nullable Duration newTimeout) {
        return new TransactionOptions(access, isolation, nesting, newTimeout, attempt, idempotent);
    }

    public TransactionOptions withAttempt(int newAttempt) {
        return new TransactionOptions(access, isolation, nesting, timeout, newAttempt, idempotent);
    }

    /** The same for work that may be run again whatever became of the last attempt. */
    public TransactionOptions asIdempotent() {
        return new TransactionOptions(access, isolation, nesting, timeout, attempt, true);
    }
}

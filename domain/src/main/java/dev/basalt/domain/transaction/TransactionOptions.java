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
 */
public record TransactionOptions(
        Access access,
        Isolation isolation,
        Nesting nesting,
        @Nullable Duration timeout) {

    /** Reads only, read committed, joining, without a time-out of its own. */
    public static final TransactionOptions READ =
            new TransactionOptions(Access.READ, Isolation.READ_COMMITTED, Nesting.JOIN, null);

    /** Reads and writes, read committed, joining, without a time-out of its own. */
    public static final TransactionOptions WRITE =
            new TransactionOptions(Access.WRITE, Isolation.READ_COMMITTED, Nesting.JOIN, null);

    public TransactionOptions {
        if (timeout != null && timeout.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("transaction timeout is " + timeout + ": at least 1 ms is needed");
        }
    }

    public TransactionOptions withIsolation(Isolation newIsolation) {
        return new TransactionOptions(access, newIsolation, nesting, timeout);
    }

    public TransactionOptions withNesting(Nesting newNesting) {
        return new TransactionOptions(access, isolation, newNesting, timeout);
    }

    public TransactionOptions withTimeout(Duration newTimeout) {
        return new TransactionOptions(access, isolation, nesting, newTimeout);
    }
}

package dev.basalt.app.resilience;

import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.TransactionRunner;
import dev.basalt.ports.TransactionWork;
import org.jspecify.annotations.Nullable;

/**
 * Tells of the failures that callers get. A transaction is observed, run again and let through as a whole: what takes part
 * in one that is running is left to it. Thread-safe.
 */
final class ObservedTransactions implements TransactionRunner {

    private final TransactionRunner inner;
    private final TransactionRunner nested;
    private final String pool;
    private final ResilienceListener listener;

    /**
     * Observes.
     *
     * @param inner runs the outermost calls
     * @param nested runs those that take part in a running transaction
     */
    ObservedTransactions(TransactionRunner inner, TransactionRunner nested, String pool, ResilienceListener listener) {
        this.inner = inner;
        this.nested = nested;
        this.pool = pool;
        this.listener = listener;
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R inTransaction(
            TransactionOptions options, TransactionWork<R, X> work) throws X {
        if (isRunning()) {
            return nested.inTransaction(options, work);
        }
        try {
            return inner.inTransaction(options, work);
        } catch (DatabaseFailure failure) {
            // What the work ran into at another pool was told there.
            if (failure.concerns(pool)) {
                listener.failed(pool, failure);
            }
            throw failure;
        }
    }

    @Override
    public boolean isRunning() {
        return nested.isRunning();
    }
}

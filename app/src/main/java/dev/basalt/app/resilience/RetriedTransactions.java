package dev.basalt.app.resilience;

import dev.basalt.app.lifecycle.NotReady;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.TransactionRunner;
import dev.basalt.ports.TransactionWork;
import org.jspecify.annotations.Nullable;

/** Runs work again that failed by what may pass. For outermost calls; each attempt is a transaction. Thread-safe. */
final class RetriedTransactions implements TransactionRunner {

    private final TransactionRunner inner;
    private final Retries retries;

    RetriedTransactions(TransactionRunner inner, Retries retries) {
        this.inner = inner;
        this.retries = retries;
    }

    /**
     * Runs the work, again and again if need be. The options' time-out bounds each attempt.
     *
     * @throws DatabaseFailure the last one, with those before it suppressed; but as soon as an attempt's outcome is not known,
     *     that one, unless a later attempt succeeds or the work itself refuses
     */
    @Override
    public <R extends @Nullable Object, X extends Exception> R inTransaction(
            TransactionOptions options, TransactionWork<R, X> work) throws X {
        Retries.Run run = retries.begin(options);
        while (true) {
            try {
                R result = inner.inTransaction(options.withAttempt(run.attempt()), work);
                run.succeeded();
                return result;
            } catch (DatabaseFailure failure) {
                run.awaitNext(failure);
            } catch (NotReady obstacle) {
                throw run.ended(obstacle);
            }
        }
    }

    @Override
    public boolean isRunning() {
        return inner.isRunning();
    }
}

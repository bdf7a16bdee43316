package dev.basalt.app.ledger;

import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.OutcomeUnknown;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import dev.basalt.ports.TransactionRunner;
import dev.basalt.ports.TransactionWork;
import org.jspecify.annotations.Nullable;

/**
 * Transactions whose first attempt loses its connection while committing, and which then try once more, as those of the
 * application do.
 */
final class LosingCommits implements TransactionRunner {

    private final TransactionRunner inner;

    LosingCommits(Backend backend) {
        this.inner = backend.transactions();
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R inTransaction(
            TransactionOptions options, TransactionWork<R, X> work) throws X {
        inner.inTransaction(options, work);
        var unknown = new OutcomeUnknown("the connection was lost while committing", null);
        try {
            return inner.inTransaction(options.withAttempt(2), work);
        } catch (DatabaseFailure failure) {
            unknown.addSuppressed(failure);
            throw unknown;
        }
    }

    @Override
    public boolean isRunning() {
        return inner.isRunning();
    }
}

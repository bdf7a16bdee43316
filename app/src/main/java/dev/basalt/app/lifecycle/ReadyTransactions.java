package dev.basalt.app.lifecycle;

import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.TransactionRunner;
import dev.basalt.ports.TransactionWork;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets work through when the schema is ready; before, it fails at once, instead of meeting tables that are not there yet. */
final class ReadyTransactions implements TransactionRunner {

    private final TransactionRunner inner;
    private final Supplier<SchemaState> schema;

    ReadyTransactions(TransactionRunner inner, Supplier<SchemaState> schema) {
        this.inner = inner;
        this.schema = schema;
    }

    /**
     * Runs the work as the backend's own transactions do.
     *
     * @throws NotReady if the schema is not ready
     */
    @Override
    public <R extends @Nullable Object, X extends Exception> R inTransaction(
            TransactionOptions options, TransactionWork<R, X> work) throws X {
        SchemaState state = schema.get();
        if (!state.ready()) {
            throw NotReady.because(state);
        }
        return inner.inTransaction(options, work);
    }

    @Override
    public boolean isRunning() {
        return inner.isRunning();
    }
}

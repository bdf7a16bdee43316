package dev.basalt.app.lifecycle;

import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.AuthenticationFailed;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.health.Heartbeat;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import dev.basalt.ports.TransactionRunner;
import dev.basalt.ports.TransactionWork;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets work through when the database can be used and its schema is ready; all other work fails at once, instead of waiting
 * for a connection or meeting tables that are not there yet.
 */
final class ReadyTransactions implements TransactionRunner {

    private final Backend backend;
    private final Supplier<SchemaState> schema;

    ReadyTransactions(Backend backend, Supplier<SchemaState> schema) {
        this.backend = backend;
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
        Heartbeat heartbeat = backend.health().heartbeat();
        DatabaseFailure failure = heartbeat.failure();
        if (!heartbeat.usable() && failure != null) {
            throw ofThisCall(failure);
        }
        SchemaState state = schema.get();
        if (!state.ready()) {
            throw NotReady.because(state);
        }
        return backend.transactions().inTransaction(options, work);
    }

    @Override
    public boolean isRunning() {
        return backend.transactions().isRunning();
    }

    /** The verdict's failure is everybody's: each call gets one of its own, which may collect what is suppressed. */
    private static DatabaseFailure ofThisCall(DatabaseFailure failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof AuthenticationFailed
                ? new AuthenticationFailed(message, failure)
                : new ConnectionFailed(message, failure);
    }
}

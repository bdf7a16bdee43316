package dev.basalt.app.resilience;

import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.TransactionRunner;
import dev.basalt.ports.TransactionWork;
import org.jspecify.annotations.Nullable;

/** Lets work through as the circuit allows, and has the circuit learn from how it ends. Thread-safe. */
final class GuardedTransactions implements TransactionRunner {

    private final TransactionRunner inner;
    private final Circuit circuit;

    GuardedTransactions(TransactionRunner inner, Circuit circuit) {
        this.inner = inner;
        this.circuit = circuit;
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R inTransaction(
            TransactionOptions options, TransactionWork<R, X> work) throws X {
        Circuit.Call call = circuit.begin();
        Throwable thrown = null;
        try {
            return inner.inTransaction(options, work);
        } catch (Throwable t) {
            thrown = t;
            throw t;
        } finally {
            circuit.ended(call, thrown);
        }
    }

    @Override
    public boolean isRunning() {
        return inner.isRunning();
    }
}

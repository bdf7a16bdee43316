package dev.basalt.app.resilience;

import dev.basalt.app.backends.Backends;
import dev.basalt.app.backends.HealthChanges;
import dev.basalt.app.backends.UnknownPool;
import dev.basalt.app.lifecycle.Readiness;
import dev.basalt.app.lifecycle.Schemas;
import dev.basalt.app.settings.PoolConfiguration;
import dev.basalt.app.settings.Settings;
import dev.basalt.ports.Backend;
import dev.basalt.ports.TransactionRunner;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The transactions of all pools as the application runs them, and their circuits. Thread-safe. */
@Singleton
public final class Resilience {

    private final Map<String, Pool> pools = new HashMap<>();

    Resilience(
            Backends backends,
            Settings settings,
            Schemas schemas,
            Readiness readiness,
            HealthChanges changes,
            List<ResilienceListener> listeners) {
        var listener = new Listeners(listeners);
        for (PoolConfiguration configuration : settings.pools()) {
            Backend backend = backends.get(configuration.name());
            var circuit = new Circuit(backend, configuration.breaker(), listener);
            var retries = new Retries(backend, configuration.retry(), Retries.Patience.until(readiness), listener);
            changes.subscribe(configuration.name(), circuit::look);
            pools.put(
                    configuration.name(),
                    new Pool(
                            circuit,
                            around(schemas.readying(backend), circuit, retries, listener),
                            around(backend.transactions(), circuit, retries, listener)));
        }
    }

    /** The order, stated here alone: observe(retry(breaker(ready(adapter)))). */
    static TransactionRunner around(
            TransactionRunner ready, Circuit circuit, Retries retries, ResilienceListener listener) {
        var guarded = new GuardedTransactions(ready, circuit);
        var retried = new RetriedTransactions(guarded, retries);
        return new ObservedTransactions(retried, ready, retries.pool(), listener);
    }

    /**
     * The transactions of a pool, which fail as long as its schema is ours to migrate and not ready.
     *
     * @throws UnknownPool if there is no such pool
     */
    public TransactionRunner transactions(String pool) {
        return get(pool).transactions;
    }

    /**
     * The transactions of a pool whatever its schema, for who looks at what there is.
     *
     * @throws UnknownPool if there is no such pool
     */
    public TransactionRunner transactionsOnAnySchema(String pool) {
        return get(pool).onAnySchema;
    }

    /**
     * The circuit of a pool as it is now.
     *
     * @throws UnknownPool if there is no such pool
     */
    public CircuitState circuit(String pool) {
        Circuit circuit = get(pool).circuit;
        circuit.look();
        return circuit.state();
    }

    private Pool get(String pool) {
        return Optional.ofNullable(pools.get(pool)).orElseThrow(() -> new UnknownPool(pool));
    }

    private record Pool(Circuit circuit, TransactionRunner transactions, TransactionRunner onAnySchema) {}
}

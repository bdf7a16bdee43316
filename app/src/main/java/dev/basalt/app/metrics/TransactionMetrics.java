package dev.basalt.app.metrics;

import dev.basalt.app.resilience.CircuitState;
import dev.basalt.app.resilience.GaveUp;
import dev.basalt.app.resilience.ResilienceListener;
import dev.basalt.app.settings.Settings;
import dev.basalt.domain.failure.DatabaseFailure;
import io.micrometer.core.instrument.MeterRegistry;
import io.micronaut.context.annotation.Context;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what became of transactions and circuits; there from the start, as its counters are to be. Thread-safe. */
@Context
final class TransactionMetrics implements ResilienceListener {

    private final MeterRegistry registry;
    private final Map<String, TransactionMeters> pools = new ConcurrentHashMap<>();

    TransactionMetrics(MeterRegistry registry, Settings settings) {
        this.registry = registry;
        settings.pools().forEach(pool -> of(pool.name()));
    }

    private TransactionMeters of(String pool) {
        return pools.computeIfAbsent(pool, name -> new TransactionMeters(registry, name));
    }

    @Override
    public void retried(String pool, int attempt, DatabaseFailure failure) {
        of(pool).retried(failure);
    }

    @Override
    public void recovered(String pool, int attempts) {
        of(pool).recovered();
    }

    @Override
    public void gaveUp(String pool, int attempts, GaveUp reason, DatabaseFailure failure) {
        of(pool).gaveUp(reason);
    }

    @Override
    public void failed(String pool, DatabaseFailure failure) {
        of(pool).failed(failure);
    }

    @Override
    public void circuitChanged(String pool, CircuitState from, CircuitState to) {
        of(pool).changed(to);
    }
}

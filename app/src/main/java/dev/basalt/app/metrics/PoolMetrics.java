package dev.basalt.app.metrics;

import dev.basalt.app.health.ProbeListener;
import dev.basalt.app.settings.PoolConfiguration;
import dev.basalt.app.settings.Settings;
import dev.basalt.app.settings.StatementLogging;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.health.ProbeResult;
import dev.basalt.domain.pool.CloseReason;
import dev.basalt.ports.BackendListener;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts and measures what happens in the pools. Knows no backend, so none is kept by it. Thread-safe. */
@Singleton
final class PoolMetrics implements BackendListener, ProbeListener {

    private final Meters meters;
    private final Map<String, PoolMeters> pools = new ConcurrentHashMap<>();

    PoolMetrics(MeterRegistry registry, Settings settings) {
        meters = new Meters(registry);
        for (PoolConfiguration pool : settings.pools()) {
            pools.put(
                    pool.name(),
                    new PoolMeters(meters, pool.name(), pool.statements().slowThreshold()));
        }
    }

    private PoolMeters of(String pool) {
        PoolMeters known = pools.get(pool);
        // A pool that was opened later on.
        return known != null
                ? known
                : pools.computeIfAbsent(
                        pool, name -> new PoolMeters(meters, name, StatementLogging.DEFAULTS.slowThreshold()));
    }

    @Override
    public void connectionCreated(String pool, Duration took) {
        of(pool).created(took);
    }

    @Override
    public void connectionFailed(String pool, DatabaseFailure failure) {
        of(pool).notCreated(failure);
    }

    @Override
    public void connectionClosed(String pool, CloseReason reason) {
        of(pool).closed(reason);
    }

    @Override
    public void connectionAcquired(String pool, Duration waited) {
        of(pool).acquired(waited);
    }

    @Override
    public void connectionReleased(String pool, Duration used) {
        of(pool).released(used);
    }

    @Override
    public void heartbeatAnswered(String pool, Duration took) {
        of(pool).beat(took);
    }

    @Override
    public void statementExecuted(String pool, String sql, Duration took, boolean succeeded) {
        of(pool).executed(took, succeeded);
    }

    @Override
    public void probed(String pool, ProbeResult result) {
        of(pool).probed(result);
    }
}

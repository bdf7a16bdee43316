package dev.basalt.app.health;

import dev.basalt.app.resilience.CircuitState;
import dev.basalt.domain.health.Heartbeat;
import dev.basalt.domain.pool.PoolStats;
import dev.basalt.domain.settings.DatabasePlace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How one database is, with all that is known.
 *
 * @param product the product behind it
 * @param critical whether the service is of no use without it
 * @param verdict how well it is
 * @param since since when its status is what it is, but for what its schema makes of it
 * @param heartbeat the standing verdict on its reachability
 * @param lastCheck when that was last looked at
 * @param responseTime how long it took to answer then
 * @param place where it is
 * @param stats its pool
 * @param circuit whether callers are let through
 * @param history its last changes, the latest first
 */
public record DependencyHealth(
        String product,
        boolean critical,
        Verdict verdict,
        Instant since,
        Heartbeat heartbeat,
        Instant lastCheck,
        Duration responseTime,
        DatabasePlace place,
        PoolStats stats,
        CircuitState circuit,
        List<HealthChange> history) {

    public DependencyHealth {
        history = List.copyOf(history);
    }

    /** The name of its pool. */
    public String name() {
        return stats.pool();
    }
}

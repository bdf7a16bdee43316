package dev.basalt.app.settings.reading;

import static dev.basalt.app.settings.catalogue.Catalogue.ACQUIRE_TIMEOUT;
import static dev.basalt.app.settings.catalogue.Catalogue.CONNECT_TIMEOUT;
import static dev.basalt.app.settings.catalogue.Catalogue.IDLE_TIMEOUT;
import static dev.basalt.app.settings.catalogue.Catalogue.LOG_QUERIES;
import static dev.basalt.app.settings.catalogue.Catalogue.MAX_CONNECTIONS;
import static dev.basalt.app.settings.catalogue.Catalogue.MAX_LIFETIME;
import static dev.basalt.app.settings.catalogue.Catalogue.MIN_CONNECTIONS;
import static dev.basalt.app.settings.catalogue.Catalogue.PING_TIMEOUT;
import static dev.basalt.app.settings.catalogue.Catalogue.PROBE_INTERVAL;
import static dev.basalt.app.settings.catalogue.Catalogue.QUERY_TIMEOUT;
import static dev.basalt.app.settings.catalogue.Catalogue.SLOW_QUERY_THRESHOLD;
import static dev.basalt.app.settings.catalogue.Catalogue.STATEMENT_CACHE_SIZE;
import static dev.basalt.app.settings.catalogue.Catalogue.VALIDATE_ON_ACQUIRE;

import dev.basalt.app.settings.StatementLogging;
import dev.basalt.domain.settings.HealthSettings;
import dev.basalt.domain.settings.PoolSettings;
import java.time.Duration;

/**
 * The sizes and times of one pool.
 *
 * <p>A group of settings rejects the first fault it meets: each value is tried beside harmless ones to find them all, and
 * those that limit each other together. A value that no user gave gives way to one that a user did.
 */
record PoolLimits(PoolSettings limits, HealthSettings health, StatementLogging statements) {

    private static final PoolSettings DEFAULTS = PoolSettings.DEFAULTS;
    private static final Duration SHORTEST_LIFETIME = Duration.ofSeconds(30);

    static PoolLimits of(Values values) {
        int max = values.number(MAX_CONNECTIONS);
        int min = minimum(values, max);
        Duration acquire = values.duration(ACQUIRE_TIMEOUT);
        Duration lifetime = values.duration(MAX_LIFETIME);
        Duration idle = idle(values, lifetime);
        Duration connect = values.duration(CONNECT_TIMEOUT);
        Duration query = values.duration(QUERY_TIMEOUT);
        int cache = values.number(STATEMENT_CACHE_SIZE);
        Duration interval = values.duration(PROBE_INTERVAL);
        Duration ping = values.duration(PING_TIMEOUT);
        Duration slow = values.duration(SLOW_QUERY_THRESHOLD);

        values.check(MAX_CONNECTIONS, () -> DEFAULTS.withConnections(max, 0));
        values.check(MIN_CONNECTIONS, () -> DEFAULTS.withConnections(Math.max(max, 1), min));
        values.check(ACQUIRE_TIMEOUT, () -> times(acquire, Duration.ZERO, Duration.ZERO));
        values.check(MAX_LIFETIME, () -> times(DEFAULTS.acquireTimeout(), Duration.ZERO, lifetime));
        values.check(IDLE_TIMEOUT, () -> times(DEFAULTS.acquireTimeout(), idle, possible(lifetime)));
        values.check(CONNECT_TIMEOUT, () -> statements(connect, DEFAULTS.queryTimeout(), 0));
        values.check(QUERY_TIMEOUT, () -> statements(DEFAULTS.connectTimeout(), query, 0));
        values.check(STATEMENT_CACHE_SIZE, () -> statements(DEFAULTS.connectTimeout(), DEFAULTS.queryTimeout(), cache));
        values.check(PROBE_INTERVAL, () -> new HealthSettings(interval, HealthSettings.DEFAULTS.pingTimeout()));
        values.check(PING_TIMEOUT, () -> new HealthSettings(HealthSettings.DEFAULTS.probeInterval(), ping));
        values.check(SLOW_QUERY_THRESHOLD, () -> new StatementLogging(false, slow));
        if (!values.faultless()) {
            return new PoolLimits(DEFAULTS, HealthSettings.DEFAULTS, StatementLogging.DEFAULTS);
        }
        boolean validate = values.flag(VALIDATE_ON_ACQUIRE);
        return new PoolLimits(
                new PoolSettings(max, min, acquire, idle, lifetime, connect, query, cache, validate),
                new HealthSettings(interval, ping),
                new StatementLogging(values.flag(LOG_QUERIES), slow));
    }

    private static int minimum(Values values, int max) {
        int min = values.number(MIN_CONNECTIONS);
        if (values.byUser(MIN_CONNECTIONS) || min <= max) {
            return min;
        }
        values.adjust(MIN_CONNECTIONS, Integer.toString(Math.max(max, 0)), "gives way to the maximum");
        return Math.max(max, 0);
    }

    private static Duration idle(Values values, Duration lifetime) {
        Duration idle = values.duration(IDLE_TIMEOUT);
        if (values.byUser(IDLE_TIMEOUT)
                || lifetime.compareTo(SHORTEST_LIFETIME) < 0
                || lifetime.minus(idle).toSeconds() > 1) {
            return idle;
        }
        Duration half = lifetime.dividedBy(2);
        values.adjust(IDLE_TIMEOUT, half.toString(), "gives way to the lifetime");
        return half;
    }

    /** A lifetime at fault is told as such, and not once more with the idle time. */
    private static Duration possible(Duration lifetime) {
        return lifetime.compareTo(SHORTEST_LIFETIME) < 0 ? Duration.ZERO : lifetime;
    }

    private static PoolSettings times(Duration acquire, Duration idle, Duration lifetime) {
        return new PoolSettings(
                1, 0, acquire, idle, lifetime, DEFAULTS.connectTimeout(), DEFAULTS.queryTimeout(), 0, false);
    }

    private static PoolSettings statements(Duration connect, Duration query, int cache) {
        return new PoolSettings(
                1, 0, DEFAULTS.acquireTimeout(), Duration.ZERO, Duration.ZERO, connect, query, cache, false);
    }
}

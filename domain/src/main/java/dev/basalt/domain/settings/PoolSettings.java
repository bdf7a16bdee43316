package dev.basalt.domain.settings;

import java.time.Duration;

/**
 * Sizes and time-outs of one pool. Immutable; nothing is corrected silently.
 *
 * @param maxConnections the most connections, at least 1; on SQLite the readers, its one writer comes on top; default
 *     10
 * @param minConnections connections kept open though idle, 0 to {@code maxConnections}; default 1
 * @param acquireTimeout the longest a caller waits for a connection, above 0; default 10 s
 * @param idleTimeout how long a connection above the minimum stays open unused: 0 for ever, else 10 s or more and
 *     shorter than {@code maxLifetime}; default 10 min
 * @param maxLifetime how old a connection becomes: 0 for ever, else 30 s or more; default 30 min
 * @param connectTimeout the longest that opening a connection takes, 1 s or more (the drivers count whole seconds);
 *     default 5 s
 * @param queryTimeout the longest one statement runs, above 0; default 30 s
 * @param statementCacheSize prepared statements kept for each connection, 0 or more; default 100. PostgreSQL only: the
 *     SQLite driver has no such cache
 * @param validateOnAcquire whether a connection is checked each time that it is lent out, at the price of one round
 *     trip; default false: only after it has been idle
 */
public record PoolSettings(
        int maxConnections,
        int minConnections,
        Duration acquireTimeout,
        Duration idleTimeout,
        Duration maxLifetime,
        Duration connectTimeout,
        Duration queryTimeout,
        int statementCacheSize,
        boolean validateOnAcquire) {

    /** What holds where nothing is set. */
    public static final PoolSettings DEFAULTS = new PoolSettings(
            10,
            1,
            Duration.ofSeconds(10),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(30),
            100,
            false);

    public PoolSettings {
        require(maxConnections >= 1, "max_connections", maxConnections, "at least 1");
        require(
                minConnections >= 0 && minConnections <= maxConnections,
                "min_connections",
                minConnections,
                "from 0 to max_connections, which is " + maxConnections);
        require(acquireTimeout.toMillis() >= 1, "acquire_timeout", acquireTimeout, "at least 1 ms");
        require(
                maxLifetime.isZero() || maxLifetime.compareTo(Duration.ofSeconds(30)) >= 0,
                "max_lifetime",
                maxLifetime,
                "0 (for ever) or at least 30 s");
        require(
                idleTimeout.isZero() || idleTimeout.compareTo(Duration.ofSeconds(10)) >= 0,
                "idle_timeout",
                idleTimeout,
                "0 (for ever) or at least 10 s");
        require(
                idleTimeout.isZero()
                        || maxLifetime.isZero()
                        || idleTimeout.plusSeconds(1).compareTo(maxLifetime) < 0,
                "idle_timeout",
                idleTimeout,
                "more than 1 s shorter than max_lifetime, which is " + maxLifetime);
        require(connectTimeout.toSeconds() >= 1, "connect_timeout", connectTimeout, "at least 1 s");
        require(queryTimeout.toMillis() >= 1, "query_timeout", queryTimeout, "at least 1 ms");
        require(statementCacheSize >= 0, "statement_cache_size", statementCacheSize, "at least 0");
    }

    /** The same time-outs for another number of connections. */
    public PoolSettings withConnections(int max, int min) {
        return new PoolSettings(
                max,
                min,
                acquireTimeout,
                idleTimeout,
                maxLifetime,
                connectTimeout,
                queryTimeout,
                statementCacheSize,
                validateOnAcquire);
    }

    /** The same, but connections stay open however old or idle they are. */
    public PoolSettings withoutReaping() {
        return new PoolSettings(
                maxConnections,
                minConnections,
                acquireTimeout,
                Duration.ZERO,
                Duration.ZERO,
                connectTimeout,
                queryTimeout,
                statementCacheSize,
                validateOnAcquire);
    }

    private static void require(boolean holds, String setting, Object value, String allowed) {
        if (!holds) {
            throw new IllegalArgumentException("%s is %s: %s is allowed".formatted(setting, value, allowed));
        }
    }
}

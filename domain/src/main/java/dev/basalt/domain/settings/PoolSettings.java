package dev.basalt.domain.settings;

import java.time.Duration;

/**
 * Sizes and time-outs of one pool. Immutable; nothing is corrected silently. No time may be longer than
 * {@link #LONGEST}.
 *
 * @param maxConnections the most connections, at least 1; on SQLite the readers, its one writer comes on top; default
 *     10
 * @param minConnections connections kept open though idle, 0 to {@code maxConnections}; default 1
 * @param acquireTimeout the longest a caller waits for a connection, above 0; default 10 s
 * @param idleTimeout how long a connection above the minimum stays open unused: 0 for ever, else 10 s or more and
 *     more than 1 s shorter than {@code maxLifetime}; default 10 min
 * @param maxLifetime how old a connection becomes: 0 for ever, else 30 s or more; default 30 min
 * @param connectTimeout the longest that opening a connection takes, in whole seconds, 1 or more;
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

    /** The longest of all these times: the drivers count milliseconds in 32 bits. */
    public static final Duration LONGEST = Duration.ofDays(24);

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
        requireDuration("acquire_timeout", acquireTimeout, Duration.ofMillis(1), false);
        requireDuration("max_lifetime", maxLifetime, Duration.ofSeconds(30), true);
        requireDuration("idle_timeout", idleTimeout, Duration.ofSeconds(10), true);
        require(
                idleTimeout.isZero()
                        || maxLifetime.isZero()
                        || maxLifetime.minus(idleTimeout).toSeconds() > 1,
                "idle_timeout",
                idleTimeout,
                "more than 1 s shorter than max_lifetime, which is " + maxLifetime);
        requireDuration("connect_timeout", connectTimeout, Duration.ofSeconds(1), false);
        require(
                connectTimeout.equals(Duration.ofSeconds(connectTimeout.toSeconds())),
                "connect_timeout",
                connectTimeout,
                "a number of whole seconds");
        requireDuration("query_timeout", queryTimeout, Duration.ofMillis(1), false);
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

    private static void requireDuration(String setting, Duration value, Duration least, boolean orZero) {
        require(
                (orZero && value.isZero()) || (value.compareTo(least) >= 0 && value.compareTo(LONGEST) <= 0),
                setting,
                value,
                (orZero ? "0 (for ever) or " : "") + "from " + least + " to " + LONGEST);
    }

    private static void require(boolean holds, String setting, Object value, String allowed) {
        if (!holds) {
            throw new InvalidSetting(setting, value, allowed);
        }
    }
}

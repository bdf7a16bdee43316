package dev.basalt.contract;

import dev.basalt.domain.settings.PoolSettings;
import java.time.Duration;

/** Limits of a pool that differ from the defaults only in what a test is about. */
public final class Limits {

    /** Long enough for callers that are meant to get their turn, however slow the machine is. */
    private static final Duration PATIENT = Duration.ofSeconds(60);

    private Limits() {}

    /** A pool of this many connections whose callers wait as long as it takes. */
    public static PoolSettings connections(int max) {
        return connections(max, PATIENT);
    }

    /** A pool of this many connections whose callers wait this long. */
    public static PoolSettings connections(int max, Duration acquireTimeout) {
        return limits(max, acquireTimeout, PoolSettings.DEFAULTS.queryTimeout(), false);
    }

    /** A pool whose statements run this long at most. */
    public static PoolSettings queryTimeout(Duration queryTimeout) {
        return limits(2, PATIENT, queryTimeout, false);
    }

    /** A pool of this many connections, each of which is checked when it is lent out. */
    public static PoolSettings validated(int max) {
        return limits(max, PATIENT, PoolSettings.DEFAULTS.queryTimeout(), true);
    }

    private static PoolSettings limits(
            int max, Duration acquireTimeout, Duration queryTimeout, boolean validateOnAcquire) {
        PoolSettings defaults = PoolSettings.DEFAULTS;
        return new PoolSettings(
                max,
                1,
                acquireTimeout,
                defaults.idleTimeout(),
                defaults.maxLifetime(),
                defaults.connectTimeout(),
                queryTimeout,
                defaults.statementCacheSize(),
                validateOnAcquire);
    }
}

package dev.basalt.app.settings;

import dev.basalt.domain.settings.DatabaseSettings;

/**
 * One pool as the configuration describes it.
 *
 * @param database where the database is, and the limits of its pool
 * @param statements which of its statements are logged
 * @param retry how its transactions are run again
 * @param breaker when its circuit breaker opens
 * @param critical whether the service is of no use without it
 * @param migrate whether its schema is brought up to date
 */
public record PoolConfiguration(
        DatabaseSettings database,
        StatementLogging statements,
        RetrySettings retry,
        BreakerSettings breaker,
        boolean critical,
        boolean migrate) {

    /** Its name. */
    public String name() {
        return database.pool();
    }
}

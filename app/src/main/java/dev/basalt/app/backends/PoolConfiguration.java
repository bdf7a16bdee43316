package dev.basalt.app.backends;

import dev.basalt.domain.settings.DatabaseSettings;

/**
 * One pool as the configuration describes it.
 *
 * @param database where the database is, and the limits of its pool
 * @param statements which of its statements are logged
 */
public record PoolConfiguration(DatabaseSettings database, StatementLogging statements) {}

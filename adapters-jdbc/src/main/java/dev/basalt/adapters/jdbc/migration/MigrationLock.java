package dev.basalt.adapters.jdbc.migration;

import java.sql.SQLException;

/** Keeps two from migrating one database at once, across threads and processes. Thread-safe. */
@FunctionalInterface
public interface MigrationLock {

    /** For databases on which Flyway locks by itself. */
    MigrationLock FLYWAYS_OWN = () -> () -> {};

    /** Waits until it is ours, and is until closed. */
    Held hold() throws SQLException;

    /** The lock while it is ours. */
    interface Held extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }
}

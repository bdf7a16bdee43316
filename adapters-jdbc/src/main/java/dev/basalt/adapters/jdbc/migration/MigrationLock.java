package dev.basalt.adapters.jdbc.migration;

import java.sql.SQLException;

/** Keeps two from changing one database's schema at once, across threads and processes. Thread-safe. */
@FunctionalInterface
public interface MigrationLock {

    /** Waits until it is ours, and is until closed. An interrupt ends the wait with a failure. */
    Held hold() throws SQLException;

    /** The lock while it is ours. */
    interface Held extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }
}

package dev.basalt.adapters.sqlite;

import dev.basalt.adapters.jdbc.migration.MigrationLock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Migrates a database in memory alone: in there, readers and writers exclude each other, so the pool's leases have to
 * wait as well.
 */
final class SqliteMemoryMigrationLock implements MigrationLock {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Semaphore gate;
    private final int permits;

    SqliteMemoryMigrationLock(Semaphore gate, int permits) {
        this.gate = gate;
        this.permits = permits;
    }

    @Override
    public Held hold() throws SQLException {
        try {
            if (!gate.tryAcquire(permits, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SQLiteException(
                        "transactions were in the way of the migration for " + PATIENCE, SQLiteErrorCode.SQLITE_BUSY);
            }
            return () -> gate.release(permits);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting to migrate", "08000", e);
        }
    }
}

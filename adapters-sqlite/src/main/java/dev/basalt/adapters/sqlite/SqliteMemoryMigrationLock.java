package dev.basalt.adapters.sqlite;

import dev.basalt.adapters.jdbc.migration.MigrationLock;
import dev.basalt.adapters.jdbc.pool.Leases;
import dev.basalt.adapters.jdbc.pool.Permits;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Migrates alone a database in which readers and writers exclude each other: the pool's leases have to wait as well. In
 * memory, there is nobody else.
 */
final class SqliteMemoryMigrationLock implements MigrationLock {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Leases leases;
    private final Permits gate;
    private final int permits;

    SqliteMemoryMigrationLock(Leases leases, Permits gate, int permits) {
        this.leases = leases;
        this.gate = gate;
        this.permits = permits;
    }

    @Override
    public Held hold() throws SQLException {
        try {
            long end = System.nanoTime() + PATIENCE.toNanos();
            // Who waits is also sent away, with the pool's callers, when the database fails or the pool closes.
            while (!gate.tryAcquire(permits, end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                if (leases.isClosed()) {
                    throw new SQLException("the pool is closed", "08003");
                }
                if (end - System.nanoTime() <= 0) {
                    throw new SQLiteException(
                            "transactions were in the way of the migration for " + PATIENCE,
                            SQLiteErrorCode.SQLITE_BUSY);
                }
            }
            return () -> gate.release(permits);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting to migrate", "08000", e);
        }
    }
}

package dev.basalt.adapters.sqlite;

import dev.basalt.adapters.jdbc.migration.MigrationLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * SQLite's own lock on a small database beside the one to be migrated, which exists only while somebody migrates.
 *
 * <p>Whoever has the lock removes its file and marks it as retired before letting go. One that had opened it meanwhile
 * gets a lock that nobody else looks at any more, sees the mark and starts over.
 */
final class SqliteFileMigrationLock implements MigrationLock {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int RETIRED = 1;

    private final Path path;

    SqliteFileMigrationLock(Path database) {
        path = database.resolveSibling(database.getFileName() + "-migration-lock");
    }

    /**
     * Asks again and again, since another process tells nobody when it lets go; between two attempts nothing is held, so
     * an interrupt ends the wait.
     */
    @Override
    public Held hold() throws SQLException {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            SqliteConnection lock = attempt();
            if (lock != null) {
                return () -> release(lock);
            }
            if (Instant.now().isAfter(end)) {
                throw new SQLiteException(
                        "'%s' was locked by another migration for %s".formatted(path, PATIENCE),
                        SQLiteErrorCode.SQLITE_BUSY);
            }
            pause();
        }
    }

    private @Nullable SqliteConnection attempt() throws SQLException {
        var config = new SQLiteConfig();
        config.setBusyTimeout(0);
        // No journal file beside the lock: there is nothing in it that a crash could spoil.
        config.setJournalMode(JournalMode.MEMORY);
        SqliteConnection lock = null;
        boolean ours = false;
        try {
            lock = SqliteConnection.open(SqliteLocation.uri(path), config);
            lock.begin("BEGIN EXCLUSIVE");
            ours = !isRetired(lock);
            return ours ? lock : null;
        } catch (SQLiteException e) {
            if (e.getResultCode() == SQLiteErrorCode.SQLITE_BUSY) {
                return null;
            }
            throw e;
        } finally {
            if (lock != null && !ours) {
                lock.close();
            }
        }
    }

    private static boolean isRetired(SqliteConnection lock) throws SQLException {
        try (var statement = lock.createStatement();
                var row = statement.executeQuery("PRAGMA user_version")) {
            return row.getInt(1) == RETIRED;
        }
    }

    private void release(SqliteConnection lock) throws SQLException {
        try (lock) {
            if (removed()) {
                lock.execute("PRAGMA user_version = " + RETIRED);
                lock.commitTransaction();
            }
        }
    }

    /** Where an open file cannot be removed it stays, and goes on being the lock. */
    private boolean removed() {
        try {
            return Files.deleteIfExists(path);
        } catch (IOException e) {
            return false;
        }
    }

    private static void pause() throws SQLException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting to migrate", "08000", e);
        }
    }
}

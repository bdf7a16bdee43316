package dev.basalt.adapters.sqlite;

import dev.basalt.domain.failure.DatabaseFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteCommitListener;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;
import org.sqlite.jdbc4.JDBC4Connection;

/**
 * The driver's connection, with a deadline for each statement and with transactions that begin and end when they are
 * told to. For JDBC it always is in auto-commit mode: in the other one the driver begins a new transaction right after
 * each commit.
 *
 * <p>Used by one thread at a time, but for {@link #interrupt()}.
 */
final class SqliteConnection extends JDBC4Connection {

    /** Steps of SQLite's machine between two looks at the clock: well below a millisecond, and a look takes nanoseconds. */
    private static final int STEPS_BETWEEN_LOOKS = 10_000;

    private enum TransactionState {
        NONE,
        OPEN,
        /** Rolled back by SQLite itself, which it does when a write is interrupted, the disk is full, and so on. */
        LOST
    }

    private TransactionState transaction = TransactionState.NONE;
    private long changesBefore;
    private @Nullable Path file;
    private @Nullable Object fileKey;
    private volatile boolean aborted;

    private SqliteConnection(String uri, SQLiteConfig driver) throws SQLException {
        super(SqliteLocation.JDBC + uri, uri, driver.toProperties());
    }

    /** Opens a connection with what is configured; if the driver did that alone, a pragma that fails would leave it open. */
    static SqliteConnection open(String uri, SQLiteConfig config) throws SQLException {
        var driver = new SQLiteConfig();
        driver.setBusyTimeout(config.getBusyTimeout());
        driver.setTransactionMode(config.getTransactionMode());
        if ((config.getOpenModeFlags() & SQLiteOpenMode.CREATE.flag) == 0) {
            driver.resetOpenMode(SQLiteOpenMode.CREATE);
        }
        var connection = new SqliteConnection(uri, driver);
        try {
            config.apply(connection);
            connection.addCommitListener(connection.new LossListener());
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    void begin(String sql) throws SQLException {
        if (aborted) {
            close();
            throw new SQLException("the connection was aborted", "08003");
        }
        execute(sql);
        transaction = TransactionState.OPEN;
        changesBefore = getDatabase().total_changes();
    }

    void commitTransaction() throws SQLException {
        if (transaction == TransactionState.LOST) {
            throw new SQLiteException(
                    "SQLite has rolled the transaction back by itself", SQLiteErrorCode.SQLITE_ABORT_ROLLBACK);
        }
        if (aborted) {
            throw new SQLiteException("the connection was aborted", SQLiteErrorCode.SQLITE_ABORT);
        }
        execute("COMMIT");
        transaction = TransactionState.NONE;
    }

    void rollbackTransaction() throws SQLException {
        TransactionState state = transaction;
        transaction = TransactionState.NONE;
        try {
            if (state == TransactionState.OPEN) {
                execute("ROLLBACK");
            }
        } finally {
            if (aborted) {
                close();
            }
        }
    }

    /**
     * Ends the connection from another thread: what runs is interrupted, nothing runs after it, and it closes when its
     * transaction ends. The driver's own does nothing, and closing here would pull the ground from under that thread.
     */
    @Override
    public void abort(Executor executor) throws SQLException {
        aborted = true;
        interrupt();
    }

    /** Tells whether the transaction has changed rows. */
    boolean hasWritten() throws SQLException {
        return getDatabase().total_changes() != changesBefore;
    }

    /** Has {@link #requireFile()} look after the file that the connection has open. */
    void watch(Path opened) throws SQLException {
        file = opened;
        fileKey = key(opened);
    }

    /** Fails if the file has been removed or replaced: SQLite goes on with the old one, which nobody finds any more. */
    void requireFile() throws SQLException {
        if (file != null && !Objects.equals(fileKey, key(file))) {
            throw new SQLException("the file '" + file + "' was replaced by another one", "08006");
        }
    }

    /** What tells one file from another, without opening it; {@code null} where the system has no such thing. */
    private static @Nullable Object key(Path file) throws SQLException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            throw new SQLException("the file '" + file + "' cannot be found", "08006", e);
        }
    }

    /** Not as a statement of JDBC's: after each of those the driver tries to begin a transaction, to see whether there is one. */
    void execute(String sql) throws SQLException {
        checkOpen();
        getDatabase().exec(sql, false);
    }

    /**
     * Ends each statement that runs longer than allowed.
     *
     * @return what is to be called right before each statement
     */
    Runnable bound(Duration queryTimeout) throws SQLException {
        var deadline = new Deadline(queryTimeout);
        ProgressHandler.setHandler(this, STEPS_BETWEEN_LOOKS, deadline);
        return () -> {
            requireNotAborted();
            requireTransactionNotLost();
            deadline.restart();
        };
    }

    /** Without its transaction, a statement would be committed by itself, though what came before it is gone. */
    private void requireTransactionNotLost() {
        if (transaction == TransactionState.LOST) {
            throw new DatabaseFailure.QueryFailed(
                    "SQLite has rolled the transaction back by itself, after a failure that the work did not pass on",
                    SQLiteErrorCode.SQLITE_ABORT_ROLLBACK.name(),
                    null);
        }
    }

    private void requireNotAborted() {
        if (aborted) {
            throw new DatabaseFailure.ConnectionFailed("the connection was aborted", null);
        }
    }

    /** Ends the statement that runs now, if there is one. */
    void interrupt() throws SQLException {
        getDatabase().interrupt();
    }

    @Override
    protected void checkOpen() throws SQLException {
        if (isClosed()) {
            throw new SQLException("the connection is closed", "08003");
        }
    }

    /** Is told of every rollback of a whole transaction, also of those that were asked for. */
    private final class LossListener implements SQLiteCommitListener {
        @Override
        public void onCommit() {}

        @Override
        public void onRollback() {
            if (transaction == TransactionState.OPEN) {
                transaction = TransactionState.LOST;
            }
        }
    }

    private static final class Deadline extends ProgressHandler {
        private final long nanos;
        private long start = System.nanoTime();

        Deadline(Duration queryTimeout) {
            this.nanos = queryTimeout.toNanos();
        }

        void restart() {
            start = System.nanoTime();
        }

        /** SQLite interrupts the statement on any other answer than 0. */
        @Override
        protected int progress() {
            return System.nanoTime() - start < nanos ? 0 : 1;
        }
    }
}

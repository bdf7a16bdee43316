package dev.basalt.adapters.jdbc.migration;

import dev.basalt.adapters.jdbc.connection.Connector;
import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.adapters.jdbc.script.SqlStatement;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.transaction.TransactionOptions;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Runs an undo script by the driver, and removes what it undoes from the history, in one transaction on a connection of its
 * own.
 *
 * <p>A savepoint around the script proves that it is one transaction: it is gone if the script has ended the transaction by
 * some way that its text does not show.
 */
record UndoRun(Dialect dialect, MigrationDialect migrations, Connector connector, MigrationFailures failures) {

    private static final String SAVEPOINT = "basalt_undo";

    /** Undoes; what fails leaves nothing behind. */
    void run(Undo undo, String historyTable) throws SQLException {
        try (Connection connection = connector.connect()) {
            HistoryTable history = HistoryTable.of(connection, historyTable);
            migrations.beforeUndo(connection);
            dialect.begin(connection, TransactionOptions.WRITE);
            try {
                runScript(connection, undo);
                step(connection, undo, null, migrations::afterUndo);
                step(connection, undo, null, c -> history.remove(c, undo.rank()));
            } catch (SQLException | RuntimeException e) {
                rollback(connection, e);
                throw e;
            }
            commit(connection, undo);
        }
    }

    private void runScript(Connection connection, Undo undo) throws SQLException {
        execute(connection, "SAVEPOINT " + SAVEPOINT);
        for (SqlStatement statement : undo.statements()) {
            step(connection, undo, statement.text(), c -> execute(c, statement.text()));
        }
        try {
            execute(connection, "RELEASE SAVEPOINT " + SAVEPOINT);
        } catch (SQLException e) {
            throw failures.isLost(e)
                    ? failures.of(undo.script(), null, e)
                    : failures.failed(
                            undo.script(),
                            "it has ended its transaction by itself: what it did so far may have stayed, and the history"
                                    + " still has " + undo.reverted().script(),
                            e);
        }
    }

    private void step(Connection connection, Undo undo, @Nullable String statement, Step step) {
        try {
            step.run(connection);
        } catch (SQLException e) {
            throw failures.of(undo.script(), statement, e);
        }
    }

    /** A deferred constraint may still refuse; a connection lost here leaves open what has become of it. */
    private void commit(Connection connection, Undo undo) {
        try {
            dialect.commit(connection);
        } catch (SQLException e) {
            throw failures.isLost(e)
                    ? new DatabaseFailure.OutcomeUnknown(
                            failures.message(undo.script(), "the connection was lost in its commit"), e)
                    : failures.of(undo.script(), null, e);
        }
    }

    private void rollback(Connection connection, Exception failure) {
        try {
            dialect.rollback(connection);
        } catch (SQLException e) {
            // The connection is closed next, which rolls back as well.
            failure.addSuppressed(e);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            // The braces of a script are its own, and not JDBC's.
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run(Connection connection) throws SQLException;
    }
}

package dev.basalt.adapters.postgres;

import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.transaction.Access;
import dev.basalt.domain.transaction.Isolation;
import dev.basalt.domain.transaction.TransactionOptions;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** What PostgreSQL does in its own way. */
final class PostgresDialect implements Dialect {

    @Override
    public String product() {
        return PostgresBackendProvider.PRODUCT;
    }

    @Override
    public DatabaseFailure translate(String pool, SQLException failure) {
        return PostgresErrors.translate(pool, failure);
    }

    /**
     * Sends nothing by itself: the driver sends BEGIN, with READ ONLY where it applies, together with the first statement. The
     * isolation is set for the transaction alone, so there is nothing to restore on the connection.
     */
    @Override
    public void begin(Connection connection, TransactionOptions options) throws SQLException {
        connection.setReadOnly(options.access() == Access.READ);
        connection.setAutoCommit(false);
        if (options.isolation().strongerThan(Isolation.READ_COMMITTED)) {
            try (var statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL " + name(options.isolation()));
            }
        }
    }

    private static String name(Isolation isolation) {
        return switch (isolation) {
            case READ_COMMITTED -> "READ COMMITTED";
            case REPEATABLE_READ -> "REPEATABLE READ";
            case SERIALIZABLE -> "SERIALIZABLE";
        };
    }

    /** A COMMIT after a failed statement rolls back, and neither server nor driver calls that an error. */
    @Override
    public void commit(Connection connection) throws SQLException {
        if (connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.FAILED) {
            throw new SQLException("a statement failed and the work went on: nothing of it can be committed", "25P02");
        }
        connection.commit();
        restore(connection);
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.rollback();
            restore(connection);
        }
    }

    private static void restore(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        connection.setReadOnly(false);
    }

    /** The server tells of changes with its next answer; who is in between may not pass it on. */
    @Override
    public boolean takesWrites(Connection connection) {
        try {
            PGConnection server = connection.unwrap(PGConnection.class);
            return !"on".equals(server.getParameterStatus("in_hot_standby"))
                    && !"on".equals(server.getParameterStatus("default_transaction_read_only"));
        } catch (SQLException e) {
            return true;
        }
    }

    @Override
    public void ask(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT 1");
        }
    }

    @Override
    public boolean hasTable(Connection connection, String name) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            statement.setString(1, name);
            try (var row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** A transaction has an id as soon as it changes anything. */
    @Override
    public boolean hasWritten(Connection connection) throws SQLException {
        BaseConnection driver = connection.unwrap(BaseConnection.class);
        if (driver.getTransactionState() != TransactionState.OPEN) {
            return false;
        }
        try (var statement = driver.createStatement();
                var row = statement.executeQuery("SELECT pg_current_xact_id_if_assigned() IS NOT NULL")) {
            return row.next() && row.getBoolean(1);
        }
    }

    @Override
    public void cancel(Connection connection) throws SQLException {
        connection.unwrap(PGConnection.class).cancelQuery();
    }

    /** On another thread, since to close a socket with TLS takes a lock that a thread which hangs in a write may hold. */
    @Override
    public void abandon(Connection connection) throws SQLException {
        connection.abort(Thread::startVirtualThread);
    }

    @Override
    public boolean changesSession(String sql) {
        return PostgresSessionChanges.in(sql);
    }
}

package dev.basalt.adapters.sqlite;

import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.transaction.TransactionOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * SQLite's transactions. Every isolation level is serializable: there is one writer, which has the lock from its begin
 * on, and a reader sees the snapshot of its first query.
 */
final class SqliteDialect implements Dialect {

    @Override
    public String product() {
        return SqliteBackendProvider.PRODUCT;
    }

    @Override
    public DatabaseFailure translate(String pool, SQLException failure) {
        return SqliteErrors.translate(pool, failure);
    }

    @Override
    public void begin(Connection connection, TransactionOptions options) throws SQLException {
        sqlite(connection)
                .begin(
                        switch (options.access()) {
                            case READ -> "BEGIN";
                            case WRITE -> "BEGIN IMMEDIATE";
                        });
    }

    @Override
    public void commit(Connection connection) throws SQLException {
        sqlite(connection).commitTransaction();
    }

    @Override
    public void rollback(Connection connection) throws SQLException {
        sqlite(connection).rollbackTransaction();
    }

    /** SQLite keeps what it has read; without that, it has to read the file again. */
    @Override
    public void ask(Connection connection) throws SQLException {
        SqliteConnection sqlite = sqlite(connection);
        sqlite.requireFile();
        sqlite.execute("PRAGMA shrink_memory");
        sqlite.execute("SELECT 1 FROM sqlite_schema LIMIT 1");
    }

    @Override
    public boolean hasTable(Connection connection, String name) throws SQLException {
        try (var statement =
                connection.prepareStatement("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")) {
            statement.setString(1, name);
            try (var row = statement.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Counts rows, so it overlooks changes of the schema. */
    @Override
    public boolean hasWritten(Connection connection) throws SQLException {
        return sqlite(connection).hasWritten();
    }

    @Override
    public void cancel(Connection connection) throws SQLException {
        sqlite(connection).interrupt();
    }

    @Override
    public void abandon(Connection connection) throws SQLException {
        sqlite(connection).interrupt();
    }

    @Override
    public boolean changesSession(String sql) {
        return SqliteSessionChanges.in(sql);
    }

    @Override
    public Runnable statementGuard(Connection connection, Duration queryTimeout) throws SQLException {
        return sqlite(connection).bound(queryTimeout);
    }

    private static SqliteConnection sqlite(Connection connection) throws SQLException {
        return connection.unwrap(SqliteConnection.class);
    }
}

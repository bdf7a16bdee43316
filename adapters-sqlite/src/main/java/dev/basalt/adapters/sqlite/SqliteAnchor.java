package dev.basalt.adapters.sqlite;

import dev.basalt.adapters.jdbc.pool.Connector;
import dev.basalt.adapters.sqlite.SqliteConnector.Use;
import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Holds a database from its opening to its close. Opening makes sure that there is one and that it can be used; in
 * memory, a connection keeps it alive for as long as it is open. Thread-safe.
 */
final class SqliteAnchor {

    private final String pool;
    private final @Nullable Connection connection;
    private volatile boolean closed;

    private SqliteAnchor(String pool, @Nullable Connection connection) {
        this.pool = pool;
        this.connection = connection;
    }

    /** Opens the database, which creates its file and sets its journal mode if need be. */
    static SqliteAnchor drop(String pool, SqliteLocation location) {
        try {
            Connection connection = new SqliteConnector(location, Use.WRITE).connect();
            try {
                verify(pool, location, connection);
                if (location.isInMemory()) {
                    return new SqliteAnchor(pool, connection);
                }
                connection.close();
                return new SqliteAnchor(pool, null);
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw switch (e instanceof SQLiteException failure
                    ? failure.getResultCode()
                    : SQLiteErrorCode.UNKNOWN_ERROR) {
                case SQLITE_NOTADB -> unusable(pool, location, "is not a SQLite database", e);
                case SQLITE_CANTOPEN -> unusable(pool, location, "cannot be opened or created", e);
                default -> SqliteErrors.translate(pool, e);
            };
        }
    }

    private static void verify(String pool, SqliteLocation location, Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT journal_mode FROM pragma_journal_mode")) {
            String mode = row.getString(1);
            if (!location.isInMemory() && !"wal".equals(mode)) {
                throw unusable(pool, location, "is where SQLite cannot keep a write-ahead log", null);
            }
        }
    }

    private static ConfigurationInvalid unusable(
            String pool, SqliteLocation location, String reason, @Nullable Exception cause) {
        return new ConfigurationInvalid("pool '%s': '%s' %s".formatted(pool, location, reason), cause);
    }

    /** The connector until the database is closed; then one that fails, and so cannot make another database in memory. */
    Connector whileOpen(Connector connector) {
        return () -> {
            if (closed) {
                throw new SQLException("pool '" + pool + "' is closed", "08003");
            }
            return connector.connect();
        };
    }

    /** Gives the database up. Closing twice does nothing more. */
    void close() {
        closed = true;
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                throw SqliteErrors.translate(pool, e);
            }
        }
    }
}

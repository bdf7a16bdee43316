package dev.basalt.adapters.sqlite;

import dev.basalt.adapters.jdbc.connection.Connector;
import dev.basalt.adapters.sqlite.SqliteConnector.Use;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Holds a database from its opening to its close. Opening makes sure that there is one that can be used; in memory, a
 * connection keeps it alive until the close. Thread-safe.
 */
final class SqliteAnchor {

    private final String pool;
    private final SqliteSettings settings;
    private @Nullable SqliteConnection connection;
    private boolean closed;

    private SqliteAnchor(String pool, SqliteSettings settings) {
        this.pool = pool;
        this.settings = settings;
    }

    /**
     * Opens the database, which makes the file and sets its journal mode where that has not been done before. A file that
     * cannot be used for now, as somebody else has locked it, is left to the heartbeat.
     */
    static SqliteAnchor open(String pool, SqliteSettings settings) {
        var anchor = new SqliteAnchor(pool, settings);
        try {
            SqliteConnection first = new SqliteConnector(settings, Use.OPEN).connect();
            try {
                anchor.verify(first);
                anchor.keep(first);
            } finally {
                if (!anchor.keeps(first)) {
                    first.close();
                }
            }
            return anchor;
        } catch (SQLException e) {
            DatabaseFailure failure = anchor.unusable(e);
            if (settings.location().isInMemory() || failure instanceof ConfigurationInvalid) {
                throw failure;
            }
            return anchor;
        }
    }

    private void verify(SqliteConnection first) throws SQLException {
        String mode;
        try (var statement = first.createStatement();
                var row = statement.executeQuery("SELECT journal_mode FROM pragma_journal_mode")) {
            mode = row.getString(1);
        }
        if (!settings.location().isInMemory() && !settings.journalMode().name().equalsIgnoreCase(mode)) {
            throw invalid(
                    "cannot have journal mode %s here: it stays %s".formatted(settings.journalMode(), mode), null);
        }
    }

    private synchronized void keep(SqliteConnection first) {
        connection = settings.location().isInMemory() ? first : null;
    }

    private synchronized boolean keeps(SqliteConnection first) {
        return connection == first;
    }

    private DatabaseFailure unusable(SQLException failure) {
        return switch (SqliteErrors.code(failure)) {
            case SQLITE_NOTADB -> invalid("is not a SQLite database", failure);
            case SQLITE_CANTOPEN ->
                invalid("cannot be opened" + (settings.createIfMissing() ? " or created" : ""), failure);
            default -> SqliteErrors.translate(pool, failure);
        };
    }

    private ConfigurationInvalid invalid(String reason, @Nullable SQLException cause) {
        return new ConfigurationInvalid("pool '%s': '%s' %s".formatted(pool, settings.location(), reason), cause);
    }

    /** The connector while the database is open; afterwards one that fails, and so makes no second one in memory. */
    Connector whileOpen(Connector connector) {
        return () -> {
            synchronized (this) {
                if (closed) {
                    throw new SQLException("pool '" + pool + "' is closed", "08003");
                }
            }
            return connector.connect();
        };
    }

    /** Lets the database go. Closing twice does nothing more. */
    synchronized void close() {
        closed = true;
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException e) {
            throw SqliteErrors.translate(pool, e);
        }
    }
}

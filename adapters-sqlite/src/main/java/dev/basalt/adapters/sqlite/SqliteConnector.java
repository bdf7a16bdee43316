package dev.basalt.adapters.sqlite;

import dev.basalt.adapters.jdbc.pool.Connector;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TransactionMode;

/** Opens connections with the pragmas of their role. Thread-safe. */
final class SqliteConnector implements Connector {

    /** What a connection is used for. */
    enum Use {
        READ,
        WRITE,
        MIGRATE
    }

    /** How long a statement waits for whoever has the lock, in this process or another one. */
    private static final Duration BUSY_TIMEOUT = Duration.ofSeconds(5);

    /** A migration waits for long transactions as well. */
    private static final Duration MIGRATION_BUSY_TIMEOUT = Duration.ofMinutes(1);

    private final SqliteLocation location;
    private final Use use;

    SqliteConnector(SqliteLocation location, Use use) {
        this.location = location;
        this.use = use;
    }

    @Override
    public SqliteConnection connect() throws SQLException {
        SqliteConnection connection = SqliteConnection.open(location.uri(), config());
        if (use == Use.READ) {
            // Last, because a connection that only queries may not set the journal mode.
            try {
                connection.execute("PRAGMA query_only = ON");
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        }
        return connection;
    }

    private SQLiteConfig config() {
        var config = new SQLiteConfig();
        config.setBusyTimeout((int) (use == Use.MIGRATE ? MIGRATION_BUSY_TIMEOUT : BUSY_TIMEOUT).toMillis());
        config.enforceForeignKeys(true);
        // In memory there is no write-ahead log, and nothing to be synchronised.
        if (!location.isInMemory()) {
            config.setJournalMode(JournalMode.WAL);
            config.setSynchronous(SynchronousMode.FULL);
        }
        // Flyway leaves transactions to the driver. One that reads first and writes later would fail if another had
        // written in between.
        if (use == Use.MIGRATE) {
            config.setTransactionMode(TransactionMode.IMMEDIATE);
        }
        return config;
    }
}

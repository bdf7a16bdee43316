package dev.basalt.adapters.sqlite;

import dev.basalt.adapters.jdbc.connection.Connector;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConfig.TransactionMode;

/** Opens connections with the pragmas of their role. Thread-safe. */
final class SqliteConnector implements Connector {

    /** What a connection is used for. */
    enum Use {
        /** The first one, which makes the database if it is not there. */
        OPEN,
        READ,
        WRITE,
        MIGRATE,
        /** Waits for nobody, and notices when the file is gone. */
        HEARTBEAT
    }

    /** A migration waits for long transactions as well. */
    private static final Duration MIGRATION_BUSY_TIMEOUT = Duration.ofMinutes(1);

    /**
     * What is left of a journal, in bytes, when it begins anew. A write-ahead log grows as long as one reader keeps its
     * snapshot, and without a limit the file would stay that large for ever.
     */
    private static final int JOURNAL_SIZE_LIMIT = 16 * 1024 * 1024;

    private final SqliteSettings settings;
    private final Use use;

    SqliteConnector(SqliteSettings settings, Use use) {
        this.settings = settings;
        this.use = use;
    }

    @Override
    public SqliteConnection connect() throws SQLException {
        SqliteLocation location = settings.location();
        boolean mayCreate = use == Use.OPEN && settings.createIfMissing();
        SqliteConnection connection =
                SqliteConnection.open(mayCreate ? location.uri() : location.existingUri(), config());
        try {
            if (use == Use.READ) {
                // Last, because a connection that only queries may not set the journal mode.
                connection.execute("PRAGMA query_only = ON");
            }
            Path file = location.file();
            if (use == Use.HEARTBEAT && file != null) {
                connection.watch(file);
            }
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private Duration busyTimeout() {
        return switch (use) {
            case OPEN, HEARTBEAT -> Duration.ZERO;
            case READ, WRITE -> settings.busyTimeout();
            case MIGRATE ->
                settings.busyTimeout().compareTo(MIGRATION_BUSY_TIMEOUT) < 0
                        ? MIGRATION_BUSY_TIMEOUT
                        : settings.busyTimeout();
        };
    }

    private SQLiteConfig config() {
        var config = new SQLiteConfig();
        config.setBusyTimeout((int) busyTimeout().toMillis());
        config.enforceForeignKeys(true);
        // In memory there is no journal to choose, and nothing to be synchronised.
        if (!settings.location().isInMemory()) {
            config.setPragma(Pragma.JOURNAL_MODE, settings.journalMode().name());
            config.setPragma(Pragma.SYNCHRONOUS, settings.synchronous().name());
            config.setPragma(Pragma.JOURNAL_SIZE_LIMIT, Integer.toString(JOURNAL_SIZE_LIMIT));
        }
        // Flyway leaves transactions to the driver. One that reads first and writes later would fail if another had
        // written in between.
        if (use == Use.MIGRATE) {
            config.setTransactionMode(TransactionMode.IMMEDIATE);
        }
        return config;
    }
}

package dev.basalt.adapters.sqlite;

import dev.basalt.adapters.jdbc.JdbcBackend;
import dev.basalt.adapters.jdbc.migration.FlywayMigrator;
import dev.basalt.adapters.jdbc.migration.MigrationLock;
import dev.basalt.adapters.jdbc.pool.Connector;
import dev.basalt.adapters.jdbc.pool.LeasePool;
import dev.basalt.adapters.jdbc.pool.Leases;
import dev.basalt.adapters.jdbc.transaction.PlatformThreads;
import dev.basalt.adapters.sqlite.SqliteConnector.Use;
import dev.basalt.domain.pool.Role;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import dev.basalt.ports.BackendProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Opens SQLite databases: {@code sqlite:path}, {@code sqlite::memory:} and the same behind {@code jdbc:}. A path is
 * taken literally; the file is created if it is not there, its folder is not.
 */
public final class SqliteBackendProvider implements BackendProvider {

    static final String PRODUCT = "sqlite";

    private static final String MIGRATIONS = "dev/basalt/adapters/sqlite/migrations";

    @Override
    public String product() {
        return PRODUCT;
    }

    @Override
    public List<String> schemes() {
        return List.of(SqliteLocation.PLAIN, SqliteLocation.JDBC);
    }

    @Override
    public Backend open(DatabaseSettings settings, BackendListener listener) {
        SqliteLocation location = SqliteLocation.of(settings);
        var anchor = SqliteAnchor.drop(settings.pool(), location);
        Path file = location.file();
        PoolSettings limits = settings.limits();
        int readers = limits.maxConnections();
        var dialect = new SqliteDialect();
        Semaphore readersGate = new Semaphore(readers, true);
        Semaphore writerGate = file == null ? readersGate : new Semaphore(1, true);
        var readerPool = new LeasePool(
                settings.pool(),
                file == null ? limits.withoutReaping() : limits,
                Role.READER,
                new SqliteConnector(location, Use.READ),
                dialect,
                listener,
                readersGate,
                1);
        PoolSettings writerLimits = limits.withConnections(1, Math.min(1, limits.minConnections()));
        var writerPool = new LeasePool(
                settings.pool(),
                file == null ? writerLimits.withoutReaping() : writerLimits,
                Role.WRITER,
                new SqliteConnector(location, Use.WRITE),
                dialect,
                listener,
                writerGate,
                file == null ? readers : 1);
        MigrationLock lock =
                file == null ? new SqliteMemoryMigrationLock(readersGate, readers) : new SqliteFileMigrationLock(file);
        Connector migrations = anchor.whileOpen(new SqliteConnector(location, Use.MIGRATE));
        return new JdbcBackend(
                dialect,
                new Leases(settings, readerPool, writerPool),
                new PlatformThreads(settings.pool(), readers + 2),
                new FlywayMigrator(
                        settings.pool(),
                        dialect,
                        migrations,
                        MIGRATIONS,
                        lock,
                        flyway -> flyway),
                SqliteIntrospector::new,
                anchor::close);
    }
}

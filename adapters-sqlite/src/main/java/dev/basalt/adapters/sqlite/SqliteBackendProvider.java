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
 * taken as it is, character by character; its file is made if it is not there, its folder is not.
 *
 * <p>Unlike a server, a file that cannot be used is reported when it is opened. Each opening of {@code :memory:} is a
 * database of its own, which goes with the backend; the pool's idle time-out and lifetime do not apply to it.
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
        String pool = settings.pool();
        SqliteLocation location = SqliteLocation.of(settings);
        Path file = location.file();
        boolean inMemory = file == null;
        SqliteAnchor anchor = SqliteAnchor.open(pool, location);
        var dialect = new SqliteDialect();

        PoolSettings limits = inMemory ? settings.limits().withoutReaping() : settings.limits();
        int count = limits.maxConnections();
        // In memory, readers and the writer exclude each other: they queue at one gate, which the writer takes whole.
        var gate = new Semaphore(count, true);
        var readers = new LeasePool(
                pool, limits, Role.READER, new SqliteConnector(location, Use.READ), dialect, listener, gate, 1);
        var writer = new LeasePool(
                pool,
                limits.withConnections(1, Math.min(1, limits.minConnections())),
                Role.WRITER,
                new SqliteConnector(location, Use.WRITE),
                dialect,
                listener,
                inMemory ? gate : new Semaphore(1, true),
                inMemory ? count : 1);

        MigrationLock lock =
                file == null ? new SqliteMemoryMigrationLock(gate, count) : new SqliteFileMigrationLock(file);
        // A thread for each lease, and one to spare for a call whose lease is being returned.
        var threads = new PlatformThreads(pool, "leases", count + 2);
        // A thread of its own: a migration may wait for the leases' end.
        var migrations = new PlatformThreads(pool, "migrations", 1);
        Connector unbounded = anchor.whileOpen(new SqliteConnector(location, Use.MIGRATE));
        var migrator =
                new FlywayMigrator(pool, dialect, unbounded, unbounded, MIGRATIONS, lock, migrations, flyway -> flyway);
        return new JdbcBackend(
                dialect, new Leases(settings, readers, writer), threads, migrator, SqliteIntrospector::new, () -> {
                    migrations.close();
                    anchor.close();
                });
    }
}

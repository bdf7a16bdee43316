package dev.basalt.adapters.sqlite;

import dev.basalt.adapters.jdbc.JdbcBackend;
import dev.basalt.adapters.jdbc.connection.Connector;
import dev.basalt.adapters.jdbc.health.Routes;
import dev.basalt.adapters.jdbc.migration.FlywayMigrator;
import dev.basalt.adapters.jdbc.migration.MigrationLock;
import dev.basalt.adapters.jdbc.pool.LeasePool;
import dev.basalt.adapters.jdbc.pool.Leases;
import dev.basalt.adapters.jdbc.pool.Permits;
import dev.basalt.adapters.jdbc.transaction.PlatformThreads;
import dev.basalt.adapters.sqlite.SqliteConnector.Use;
import dev.basalt.domain.pool.Role;
import dev.basalt.domain.settings.BackendOption;
import dev.basalt.domain.settings.DatabasePlace;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.settings.SettingFault;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import dev.basalt.ports.BackendProvider;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * Opens SQLite databases: {@code sqlite:path}, {@code sqlite::memory:} and the same behind {@code jdbc:}. A path is
 * taken as it is, character by character; its file is made if it is not there, its folder is not.
 *
 * <p>Unlike a server, a file that can never be used is reported when it is opened. Each opening of {@code :memory:} is a
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
    public List<BackendOption> options() {
        return SqliteSettings.OPTIONS;
    }

    @Override
    public List<SettingFault> faults(DatabaseSettings settings) {
        return SqliteSettings.faults(settings);
    }

    @Override
    public Backend open(DatabaseSettings settings, BackendListener listener) {
        String pool = settings.pool();
        SqliteSettings sqlite = SqliteSettings.of(settings);
        SqliteAnchor anchor = SqliteAnchor.open(pool, sqlite);
        var dialect = new SqliteDialect();

        boolean inMemory = sqlite.location().isInMemory();
        PoolSettings limits = inMemory ? settings.limits().withoutReaping() : settings.limits();
        int count = limits.maxConnections();
        // Where readers and the writer exclude each other, they queue at one gate, which the writer takes whole.
        boolean exclusive = sqlite.writerExcludesReaders();
        var gate = new Permits(count);
        var readers = new LeasePool(
                pool, limits, Role.READER, new SqliteConnector(sqlite, Use.READ), dialect, listener, gate, 1);
        var writer = new LeasePool(
                pool,
                limits.withConnections(1, Math.min(1, limits.minConnections())),
                Role.WRITER,
                new SqliteConnector(sqlite, Use.WRITE),
                dialect,
                listener,
                exclusive ? gate : new Permits(1),
                exclusive ? count : 1);
        var leases = new Leases(settings, readers, writer);
        // A thread for each lease, and one to spare for a call whose lease is being returned.
        var threads = new PlatformThreads(pool, "leases", count + 2);
        // A thread of its own: a migration may wait for the leases' end.
        var migrations = new PlatformThreads(pool, "migrations", 1);
        // In memory, who looks has to wait for the migration anyway.
        var looks = inMemory ? migrations : new PlatformThreads(pool, "migration-looks", 1);
        Connector unbounded = anchor.whileOpen(new SqliteConnector(sqlite, Use.MIGRATE));
        var migrator = new FlywayMigrator(
                pool,
                dialect,
                new SqliteMigrationDialect(),
                unbounded,
                unbounded,
                MIGRATIONS,
                lock(sqlite, new SqliteMemoryMigrationLock(leases, gate, count)),
                migrations,
                looks);
        return new JdbcBackend(
                dialect,
                new DatabasePlace(PRODUCT, null, null, sqlite.location().toString(), null),
                leases,
                Routes.to(new SqliteConnector(sqlite, Use.HEARTBEAT)),
                settings.health(),
                listener,
                threads,
                migrator,
                SqliteIntrospector::new,
                () -> {
                    migrations.close();
                    looks.close();
                    anchor.close();
                });
    }

    /** The file is locked first: waiting for another process must not keep this one's callers waiting. */
    private static MigrationLock lock(SqliteSettings sqlite, MigrationLock alone) {
        Path file = sqlite.location().file();
        if (file == null) {
            return alone;
        }
        MigrationLock locked = new SqliteFileMigrationLock(file);
        return sqlite.writerExcludesReaders() ? both(locked, alone) : locked;
    }

    private static MigrationLock both(MigrationLock outer, MigrationLock inner) {
        return () -> {
            MigrationLock.Held first = outer.hold();
            try {
                MigrationLock.Held second = inner.hold();
                return () -> {
                    try (first) {
                        second.close();
                    }
                };
            } catch (SQLException | RuntimeException e) {
                first.close();
                throw e;
            }
        };
    }
}

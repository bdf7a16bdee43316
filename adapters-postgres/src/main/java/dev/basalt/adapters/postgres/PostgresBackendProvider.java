package dev.basalt.adapters.postgres;

import dev.basalt.adapters.jdbc.JdbcBackend;
import dev.basalt.adapters.jdbc.migration.FlywayMigrator;
import dev.basalt.adapters.jdbc.migration.MigrationLock;
import dev.basalt.adapters.jdbc.pool.Connector;
import dev.basalt.adapters.jdbc.pool.LeasePool;
import dev.basalt.adapters.jdbc.pool.Leases;
import dev.basalt.adapters.jdbc.transaction.Dispatcher;
import dev.basalt.adapters.jdbc.transaction.PlatformThreads;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.pool.Role;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import dev.basalt.ports.BackendProvider;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/** Opens PostgreSQL databases, from libpq's connection URIs and from the JDBC driver's URLs. Thread-safe. */
public final class PostgresBackendProvider implements BackendProvider {

    static final String PRODUCT = "postgresql";

    static final String MIGRATIONS = "dev/basalt/adapters/postgres/migrations";

    /** Made by {@link java.util.ServiceLoader}. */
    public PostgresBackendProvider() {}

    @Override
    public String product() {
        return PRODUCT;
    }

    @Override
    public List<String> schemes() {
        return PostgresUrl.SCHEMES;
    }

    @Override
    public Backend open(DatabaseSettings settings, BackendListener listener) {
        DriverProperties properties = properties(settings);
        Properties bounded = properties.bounded();
        Properties unbounded = properties.unbounded();
        var dialect = new PostgresDialect();
        var pool = new LeasePool(
                settings.pool(),
                settings.limits(),
                Role.SHARED,
                () -> DriverProperties.connect(bounded),
                dialect,
                listener,
                new Semaphore(settings.limits().maxConnections(), true),
                1);
        var leases = new Leases(settings, pool, pool);
        // One at a time, since these connections are not the pool's.
        var migrations = new PlatformThreads(settings.pool(), "migrations", 1);
        var migrator = new FlywayMigrator(
                settings.pool(),
                dialect,
                whileOpen(leases, unbounded),
                whileOpen(leases, bounded),
                MIGRATIONS,
                MigrationLock.FLYWAYS_OWN,
                migrations,
                PostgresBackendProvider::withSessionLock);
        return new JdbcBackend(
                dialect, leases, Dispatcher.CALLER, migrator, PostgresIntrospector::new, migrations::close);
    }

    private static Connector whileOpen(Leases leases, Properties properties) {
        return () -> {
            if (leases.isClosed()) {
                throw new SQLException("the pool is closed", "08003");
            }
            return DriverProperties.connect(properties);
        };
    }

    /** With a lock held by a transaction, CREATE INDEX CONCURRENTLY would wait for the very one that waits for it. */
    static FluentConfiguration withSessionLock(FluentConfiguration flyway) {
        flyway.getConfigurationExtension(PostgreSQLConfigurationExtension.class).setTransactionalLock(false);
        return flyway;
    }

    private static DriverProperties properties(DatabaseSettings settings) {
        try {
            return new DriverProperties(PostgresUrl.parse(settings.url()), settings.limits());
        } catch (IllegalArgumentException e) {
            throw new DatabaseFailure.ConfigurationInvalid(
                    "pool '" + settings.pool() + "': the database URL: " + e.getMessage(), e);
        }
    }
}

package dev.basalt.adapters.postgres;

import dev.basalt.adapters.jdbc.JdbcBackend;
import dev.basalt.adapters.jdbc.connection.Connector;
import dev.basalt.adapters.jdbc.health.Routes;
import dev.basalt.adapters.jdbc.migration.FlywayMigrator;
import dev.basalt.adapters.jdbc.pool.LeasePool;
import dev.basalt.adapters.jdbc.pool.Leases;
import dev.basalt.adapters.jdbc.pool.Permits;
import dev.basalt.adapters.jdbc.transaction.Dispatcher;
import dev.basalt.adapters.jdbc.transaction.PlatformThreads;
import dev.basalt.domain.pool.Role;
import dev.basalt.domain.settings.BackendOption;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.SettingFault;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import dev.basalt.ports.BackendProvider;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.BiFunction;

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
    public List<BackendOption> options() {
        return PostgresOptions.ALL;
    }

    @Override
    public Optional<DatabaseUrl> urlOf(Map<String, String> options) {
        return PostgresOptions.url(options);
    }

    @Override
    public List<SettingFault> faults(DatabaseSettings settings) {
        return PostgresSettings.faults(settings);
    }

    @Override
    public Backend open(DatabaseSettings settings, BackendListener listener) {
        PostgresSettings postgres = PostgresSettings.of(settings);
        var properties = new DriverProperties(postgres, settings.limits());
        var dialect = new PostgresDialect();
        var presence = new ClientCheck(postgres.clientCheckInterval());
        BiFunction<Role, Properties, LeasePool> pool = (role, login) -> new LeasePool(
                settings.pool(),
                settings.limits(),
                role,
                presence.on(postgres.service().connector(login)),
                dialect,
                listener,
                new Permits(settings.limits().maxConnections()),
                1);
        var leases = leases(settings, postgres, properties, pool);
        // One at a time, since these connections are not the pool's.
        var migrations = new PlatformThreads(settings.pool(), "migrations", 1);
        var looks = new PlatformThreads(settings.pool(), "migration-looks", 1);
        Connector migrating = whileOpen(leases, postgres.migration().connector(properties.unbounded()));
        var migrator = new FlywayMigrator(
                settings.pool(),
                dialect,
                new PostgresMigrationDialect(),
                migrating,
                whileOpen(leases, postgres.migration().connector(properties.bounded())),
                MIGRATIONS,
                new PostgresMigrationLock(migrating),
                migrations,
                looks);
        return new JdbcBackend(
                dialect,
                postgres.place(),
                leases,
                heartbeat(settings, postgres, properties),
                settings.health(),
                listener,
                Dispatcher.CALLER,
                migrator,
                PostgresIntrospector::new,
                () -> {
                    migrations.close();
                    looks.close();
                });
    }

    /** Where reads may go to other servers than writes, each have connections of their own. */
    private static Leases leases(
            DatabaseSettings settings,
            PostgresSettings postgres,
            DriverProperties properties,
            BiFunction<Role, Properties, LeasePool> pool) {
        LeasePool writers = pool.apply(postgres.separatesReads() ? Role.WRITER : Role.SHARED, properties.bounded());
        return new Leases(
                settings, postgres.separatesReads() ? pool.apply(Role.READER, properties.reading()) : writers, writers);
    }

    private static Routes heartbeat(DatabaseSettings settings, PostgresSettings postgres, DriverProperties properties) {
        Connector writes = postgres.service().connector(properties.heartbeat(settings.health()));
        List<Connector> servers = postgres.servers().hosts().stream()
                .map(host -> postgres.service().connector(properties.heartbeat(settings.health(), host)))
                .toList();
        return postgres.separatesReads() ? new Routes(writes, servers) : Routes.to(writes);
    }

    private static Connector whileOpen(Leases leases, Connector connector) {
        return () -> {
            if (leases.isClosed()) {
                throw new SQLException("the pool is closed", "08003");
            }
            return connector.connect();
        };
    }
}

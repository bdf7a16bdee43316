package dev.basalt.app.settings.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.settings.AccessSettings;
import dev.basalt.app.settings.MigrationSettings;
import dev.basalt.app.settings.MonitorSettings;
import dev.basalt.app.settings.PoolConfiguration;
import dev.basalt.app.settings.ServerSettings;
import dev.basalt.app.settings.Settings;
import dev.basalt.app.settings.StatementLogging;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.HealthSettings;
import dev.basalt.domain.settings.PoolSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

    private final Configured configured = new Configured();

    @Test
    void without_any_setting_a_sqlite_file_is_opened_and_the_catalogue_has_the_defaults_of_the_records() {
        Settings settings = configured.read().settings();

        assertThat(settings.pools())
                .singleElement()
                .satisfies(pool -> assertThat(pool.database().url().value()).isEqualTo("sqlite:basalt.db"))
                .satisfies(pool -> assertThat(pool.database().limits()).isEqualTo(PoolSettings.DEFAULTS))
                .satisfies(pool -> assertThat(pool.database().health()).isEqualTo(HealthSettings.DEFAULTS))
                .satisfies(pool -> assertThat(pool.database().options()).isEmpty())
                .satisfies(pool -> assertThat(pool.statements()).isEqualTo(StatementLogging.DEFAULTS))
                .satisfies(pool -> assertThat(pool.critical()).isTrue())
                .satisfies(pool -> assertThat(pool.migrate()).isTrue());
        assertThat(settings.monitor()).isEqualTo(MonitorSettings.DEFAULTS);
        assertThat(settings.migrations()).isEqualTo(MigrationSettings.DEFAULTS);
        assertThat(settings.server()).isEqualTo(ServerSettings.DEFAULTS);
        assertThat(settings.access()).isEqualTo(AccessSettings.DEFAULTS);
    }

    @Test
    void every_setting_of_a_pool_is_read_from_the_environment() {
        PoolConfiguration pool = primary(Map.ofEntries(
                Map.entry("DATABASE_URL", "fake:x"),
                Map.entry("DB_MAX_CONNECTIONS", "7"),
                Map.entry("DB_MIN_CONNECTIONS", "3"),
                Map.entry("DB_ACQUIRE_TIMEOUT", "500ms"),
                Map.entry("DB_IDLE_TIMEOUT", "PT20S"),
                Map.entry("DB_MAX_LIFETIME", "2m"),
                Map.entry("DB_CONNECT_TIMEOUT", "3"),
                Map.entry("DB_QUERY_TIMEOUT", "1h"),
                Map.entry("DB_STATEMENT_CACHE_SIZE", "0"),
                Map.entry("DB_VALIDATE_ON_ACQUIRE", "true"),
                Map.entry("DB_LOG_QUERIES", "TRUE"),
                Map.entry("DB_SLOW_QUERY_THRESHOLD", "250"),
                Map.entry("DB_PROBE_INTERVAL", "100ms"),
                Map.entry("DB_PING_TIMEOUT", "2")));

        assertThat(pool.database().url().value()).isEqualTo("fake:x");
        assertThat(pool.database().limits())
                .isEqualTo(new PoolSettings(
                        7,
                        3,
                        Duration.ofMillis(500),
                        Duration.ofSeconds(20),
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(3),
                        Duration.ofHours(1),
                        0,
                        true));
        assertThat(pool.database().health())
                .isEqualTo(new HealthSettings(Duration.ofMillis(100), Duration.ofSeconds(2)));
        assertThat(pool.statements()).isEqualTo(new StatementLogging(true, Duration.ofMillis(250)));
    }

    @Test
    void every_setting_beside_the_pools_is_read_from_the_environment() {
        Settings settings = configured
                .variables(Map.ofEntries(
                        Map.entry("DB_HEALTH_CHECK_INTERVAL", "10"),
                        Map.entry("DB_POOL_MONITOR_INTERVAL", "2m"),
                        Map.entry("DB_MIGRATE_ON_START", "false"),
                        Map.entry("DB_REVERT_ALLOWED", "false"),
                        Map.entry("DB_DRAIN_TIMEOUT", "7s"),
                        Map.entry("HTTP_PAGE_SIZE", "20"),
                        Map.entry("MICRONAUT_SERVER_HOST", "localhost"),
                        Map.entry("MICRONAUT_SERVER_PORT", "0"),
                        Map.entry("ACCESS_JWT_SECRET", "planted-".repeat(4)),
                        Map.entry("ACCESS_JWT_ISSUER", "issuer"),
                        Map.entry("ACCESS_JWT_AUDIENCE", "basalt"),
                        Map.entry("ACCESS_ALLOWED_HOSTS", "a.example, b.example")))
                .read()
                .settings();

        assertThat(settings.monitor()).isEqualTo(new MonitorSettings(Duration.ofSeconds(10), Duration.ofMinutes(2)));
        assertThat(settings.migrations()).isEqualTo(new MigrationSettings(false, false));
        assertThat(settings.server()).isEqualTo(new ServerSettings("localhost", 0, Duration.ofSeconds(7), 20));
        assertThat(settings.access().jwtSecret())
                .isNotNull()
                .satisfies(secret -> assertThat(secret.reveal()).isEqualTo("planted-".repeat(4)));
        assertThat(settings.access().jwtIssuer()).isEqualTo("issuer");
        assertThat(settings.access().jwtAudience()).isEqualTo("basalt");
        assertThat(settings.access().allowedHosts()).containsExactly("a.example", "b.example");
    }

    @ParameterizedTest
    @CsvSource({
        "MAX_DB_CONNECTIONS, database.max-connections, 3",
        "DATABASE_MAX_CONNECTIONS, database.max-connections, 3",
        "MIN_DB_CONNECTIONS, database.min-connections, 3",
        "DB_MAX_IDLE_CONNECTIONS, database.min-connections, 3",
        "DB_CONNECTION_MAX_IDLE_TIME, database.idle-timeout, 60",
        "DB_CONNECTION_MAX_LIFETIME, database.max-lifetime, 1h"
    })
    void an_alias_sets_what_its_setting_does(String alias, String name, String value) {
        var reported = configured.variable(alias, value).reported(name);

        assertThat(reported.value()).isEqualTo(value);
        assertThat(reported.source()).isEqualTo("environment variable " + alias);
    }

    @Test
    void what_only_a_backend_knows_reaches_it_in_the_form_that_it_is_promised() {
        DatabaseSettings database = primary(Map.of(
                        "DATABASE_URL", "fake:x",
                        "DB_PORT", "0123",
                        "DB_BUSY_TIMEOUT", "2",
                        "DB_SSL_MODE", "Verify-Full",
                        "DB_CREATE_IF_MISSING", "TRUE",
                        "DB_PASSWORD", "p@ss w'o/r?d%#"))
                .database();

        assertThat(database.options())
                .isEqualTo(Map.of(
                        "port", "123", "busy-timeout", "PT2S", "ssl-mode", "verify-full", "create-if-missing", "true"));
        assertThat(database.secrets()).containsOnlyKeys("password");
        assertThat(database.secrets().get("password"))
                .isNotNull()
                .satisfies(secret -> assertThat(secret.reveal()).isEqualTo("p@ss w'o/r?d%#"));
    }

    @Test
    void a_database_can_be_given_in_parts() {
        assertThat(primary(Map.of("DB_HOST", "h")).database().url().value()).isEqualTo("fake:h");
    }

    @Test
    void named_pools_have_the_same_settings_and_two_more() {
        List<PoolConfiguration> pools = configured
                .inFile("database.url", "fake:a")
                .inFile("database.pools.reports.url", "sqlite:reports.db")
                .inFile("database.pools.reports.maxConnections", 3)
                .inFile("database.pools.reports.critical", false)
                .inFile("database.pools.reports.migrate", true)
                .inFile("database.pools.archive.host", "h")
                .read()
                .settings()
                .pools();

        assertThat(pools).extracting(PoolConfiguration::name).containsExactly("primary", "archive", "reports");
        assertThat(pools.get(1).database().url().value()).isEqualTo("fake:h");
        assertThat(pools.get(1).critical()).isTrue();
        assertThat(pools.get(1).migrate()).isFalse();
        assertThat(pools.getLast().database().limits().maxConnections()).isEqualTo(3);
        assertThat(pools.getLast().database().url().value()).isEqualTo("sqlite:reports.db");
        assertThat(pools.getLast().critical()).isFalse();
        assertThat(pools.getLast().migrate()).isTrue();
        assertThat(pools.getFirst().database().limits()).isEqualTo(PoolSettings.DEFAULTS);
    }

    @Test
    void named_pools_can_be_set_in_the_environment() {
        List<PoolConfiguration> pools = configured
                .variable("DATABASE_POOLS_REPORTS_URL", "fake:b")
                .variable("DATABASE_POOLS_REPORTS_MAX_CONNECTIONS", "3")
                .variable("DATABASE_POOLS_REPORTS_MIGRATION_USER", "owner")
                .variable("DATABASE_POOLS_REPLICA_1_URL", "fake:c")
                .read()
                .settings()
                .pools();

        assertThat(pools).extracting(PoolConfiguration::name).containsExactly("primary", "replica-1", "reports");
        assertThat(pools.getLast().database().limits().maxConnections()).isEqualTo(3);
        assertThat(pools.getLast().database().options()).containsExactly(Map.entry("migration-user", "owner"));
    }

    @Test
    void defaults_give_way_to_what_a_user_gave() {
        var small = primary(Map.of("DB_MAX_CONNECTIONS", "1", "DB_MAX_LIFETIME", "1m"));
        assertThat(small.database().limits().minConnections()).isEqualTo(1);
        assertThat(small.database().limits().idleTimeout()).isEqualTo(Duration.ofSeconds(30));

        var reported = new Configured().variable("DB_MAX_CONNECTIONS", "2").profile("prod");
        assertThat(reported.reported("database.min-connections").value()).isEqualTo("2");
        assertThat(reported.reported("database.min-connections").source())
                .isEqualTo("profile prod, gives way to the maximum");
    }

    private PoolConfiguration primary(Map<String, String> variables) {
        return configured.variables(variables).read().settings().pools().getFirst();
    }
}

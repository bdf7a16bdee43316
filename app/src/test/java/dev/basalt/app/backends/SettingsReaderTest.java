package dev.basalt.app.backends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import dev.basalt.domain.settings.PoolSettings;
import io.micronaut.context.env.MapPropertySource;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySourcePropertyResolver;
import io.micronaut.core.value.PropertyResolver;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsReaderTest {

    private final Providers providers =
            new Providers(List.of(new FakeProvider(), new FakeProvider("sqlite", "sqlite:")));

    @Test
    void without_any_setting_a_sqlite_file_is_opened_with_the_default_limits() {
        List<PoolConfiguration> pools = read(Map.of());

        assertThat(pools).hasSize(1);
        assertThat(pools.getFirst().database().pool()).isEqualTo("primary");
        assertThat(pools.getFirst().database().url().value()).isEqualTo("sqlite:basalt.db");
        assertThat(pools.getFirst().database().limits()).isEqualTo(PoolSettings.DEFAULTS);
        assertThat(pools.getFirst().statements()).isEqualTo(new StatementLogging(false, Duration.ofSeconds(1)));
    }

    @Test
    void every_setting_is_read_from_the_environment() {
        PoolConfiguration pool = environment(Map.ofEntries(
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
                        Map.entry("DB_SLOW_QUERY_THRESHOLD", "250")))
                .getFirst();

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
        assertThat(pool.statements()).isEqualTo(new StatementLogging(true, Duration.ofMillis(250)));
    }

    @Test
    void all_faults_are_reported_at_once_each_with_its_setting_and_what_is_allowed() {
        var settings = new HashMap<String, String>();
        settings.put("DATABASE_URL", "fakee://user:planted@host/db");
        settings.put("DB_MAX_CONNECTIONS", "0");
        settings.put("DB_MIN_CONNECTIONS", "-1");
        settings.put("DB_ACQUIRE_TIMEOUT", "0");
        settings.put("DB_IDLE_TIMEOUT", "1s");
        settings.put("DB_MAX_LIFETIME", "5s");
        settings.put("DB_CONNECT_TIMEOUT", "1ms");
        settings.put("DB_QUERY_TIMEOUT", "soon");
        settings.put("DB_STATEMENT_CACHE_SIZE", "-2");
        settings.put("DB_LOG_QUERIES", "yes");
        settings.put("DB_SLOW_QUERY_THRESHOLD", "0");

        assertThatThrownBy(() -> environment(settings))
                .isInstanceOf(ConfigurationInvalid.class)
                .hasMessageStartingWith("11 faults")
                .hasMessageContainingAll(
                        "database.url: no installed backend opens URLs that begin with 'fakee://'",
                        "fake (fake:), sqlite (sqlite:)",
                        "DB_MAX_CONNECTIONS: max_connections is 0: at least 1",
                        "DB_MIN_CONNECTIONS: min_connections is -1",
                        "DB_ACQUIRE_TIMEOUT: acquire_timeout is PT0S",
                        "DB_IDLE_TIMEOUT: idle_timeout is PT1S",
                        "DB_MAX_LIFETIME: max_lifetime is PT5S",
                        "DB_CONNECT_TIMEOUT: connect_timeout is PT0.001S",
                        "DB_QUERY_TIMEOUT is 'soon': a duration such as",
                        "DB_STATEMENT_CACHE_SIZE: statement_cache_size is -2",
                        "DB_LOG_QUERIES is 'yes': true or false",
                        "DB_SLOW_QUERY_THRESHOLD: slow_query_threshold is PT0S")
                .message()
                .doesNotContain("planted")
                .doesNotContain("user")
                .doesNotContain("\n");
    }

    @Test
    void a_minimum_above_the_maximum_is_a_fault() {
        assertThatThrownBy(() -> environment(Map.of("DB_MAX_CONNECTIONS", "2", "DB_MIN_CONNECTIONS", "3")))
                .isInstanceOf(ConfigurationInvalid.class)
                .hasMessage(
                        "DB_MIN_CONNECTIONS: min_connections is 3: from 0 to max_connections, which is 2 is allowed");
    }

    @Test
    void named_pools_have_the_same_settings() {
        List<PoolConfiguration> pools = read(Map.of(
                "database.url", "fake:a",
                "database.pools.reports.url", "sqlite:reports.db",
                "database.pools.reports.max-connections", 3,
                "database.pools.archive.url", "fake:b"));

        assertThat(pools).extracting(pool -> pool.database().pool()).containsExactly("primary", "archive", "reports");
        assertThat(pools.getLast().database().limits().maxConnections()).isEqualTo(3);
        assertThat(pools.getLast().database().url().value()).isEqualTo("sqlite:reports.db");
        assertThat(pools.getFirst().database().limits()).isEqualTo(PoolSettings.DEFAULTS);
    }

    @Test
    void named_pools_can_be_set_in_the_environment() {
        List<PoolConfiguration> pools = environment(
                Map.of("DATABASE_POOLS_REPORTS_URL", "fake:b", "DATABASE_POOLS_REPORTS_MAX_CONNECTIONS", "3"));

        assertThat(pools).extracting(pool -> pool.database().pool()).containsExactly("primary", "reports");
        assertThat(pools.getLast().database().limits().maxConnections()).isEqualTo(3);
    }

    @Test
    void a_named_pool_needs_a_url_and_a_name_that_is_allowed() {
        assertThatThrownBy(() -> read(Map.of(
                        "database.pools.reports.max-connections", "many",
                        "database.pools.-x.url", "fake:b",
                        "database.pools.primary.url", "fake:b")))
                .isInstanceOf(ConfigurationInvalid.class)
                .hasMessageContainingAll(
                        "4 faults",
                        "database.pools.reports.url: is missing",
                        "database.pools.reports.max-connections is 'many'",
                        "pool name '-x'",
                        "database.pools.primary");
    }

    @Test
    void an_empty_url_is_a_fault() {
        assertThatThrownBy(() -> environment(Map.of("DATABASE_URL", "")))
                .isInstanceOf(ConfigurationInvalid.class)
                .hasMessage("database.url: the database URL is empty");
    }

    private List<PoolConfiguration> read(Map<String, Object> properties) {
        return SettingsReader.read(resolver(PropertySource.of("test", properties)), providers);
    }

    private List<PoolConfiguration> environment(Map<String, String> variables) {
        var source = new MapPropertySource("env", variables) {
            @Override
            public PropertyConvention getConvention() {
                return PropertyConvention.ENVIRONMENT_VARIABLE;
            }
        };
        return SettingsReader.read(resolver(source), providers);
    }

    private static PropertyResolver resolver(PropertySource source) {
        return new PropertySourcePropertyResolver(source);
    }
}

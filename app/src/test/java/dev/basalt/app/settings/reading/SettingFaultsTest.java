package dev.basalt.app.settings.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingFaultsTest {

    private final Configured configured = new Configured();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            DATABASE_URL                | fakee://u:planted@h/d | DATABASE_URL: no installed backend opens URLs that begin with 'fakee://'. Installed: fake (fake:), sqlite (sqlite:)
            DATABASE_URL                | planted               | DATABASE_URL: no installed backend opens URLs that begin with ''. Installed: fake (fake:), sqlite (sqlite:)
            DATABASE_URL                | " "                   | DATABASE_URL is empty: leave it out, or give it a value
            DATABASE_URL                | fake:x?unknown=planted | DATABASE_URL has the unknown parameter 'unknown': tls is allowed
            DB_MAX_CONNECTIONS          | 0                     | DB_MAX_CONNECTIONS is '0': at least 1 is allowed
            DB_MAX_CONNECTIONS          | none                  | DB_MAX_CONNECTIONS is 'none': a whole number is allowed
            DB_MIN_CONNECTIONS          | 11                    | DB_MIN_CONNECTIONS is '11': from 0 to max_connections, which is 10 is allowed
            DB_MAX_IDLE_CONNECTIONS     | -1                    | DB_MAX_IDLE_CONNECTIONS is '-1': from 0 to max_connections, which is 10 is allowed
            DB_ACQUIRE_TIMEOUT          | 0                     | DB_ACQUIRE_TIMEOUT is '0': from PT0.001S to PT576H is allowed
            DB_ACQUIRE_TIMEOUT          | -5s                   | DB_ACQUIRE_TIMEOUT is '-5s': a duration such as 500ms, 5s, 2m, 1h or PT5S is allowed
            DB_IDLE_TIMEOUT             | 1s                    | DB_IDLE_TIMEOUT is '1s': 0 (for ever) or from PT10S to PT576H is allowed
            DB_IDLE_TIMEOUT             | 1h                    | DB_IDLE_TIMEOUT is '1h': more than 1 s shorter than max_lifetime, which is PT30M is allowed
            DB_MAX_LIFETIME             | 5s                    | DB_MAX_LIFETIME is '5s': 0 (for ever) or from PT30S to PT576H is allowed
            DB_CONNECT_TIMEOUT          | 1500ms                | DB_CONNECT_TIMEOUT is '1500ms': a number of whole seconds is allowed
            DB_QUERY_TIMEOUT            | soon                  | DB_QUERY_TIMEOUT is 'soon': a duration such as 500ms, 5s, 2m, 1h or PT5S is allowed
            DB_STATEMENT_CACHE_SIZE     | -2                    | DB_STATEMENT_CACHE_SIZE is '-2': at least 0 is allowed
            DB_LOG_QUERIES              | yes                   | DB_LOG_QUERIES is 'yes': true or false is allowed
            DB_SLOW_QUERY_THRESHOLD     | 0                     | DB_SLOW_QUERY_THRESHOLD is '0': at least 1 ms is allowed
            DB_PROBE_INTERVAL           | 1ms                   | DB_PROBE_INTERVAL is '1ms': from PT0.01S to PT1M is allowed
            DB_PING_TIMEOUT             | 2m                    | DB_PING_TIMEOUT is '2m': from PT0.01S to PT1M is allowed
            DB_RETRY_ATTEMPTS           | 0                     | DB_RETRY_ATTEMPTS is '0': 1 to 10 is allowed
            DB_RETRY_ATTEMPTS           | 11                    | DB_RETRY_ATTEMPTS is '11': 1 to 10 is allowed
            DB_RETRY_BASE_DELAY         | 61s                   | DB_RETRY_BASE_DELAY is '61s': 0 to 1 min is allowed
            DB_RETRY_MAX_DELAY          | 99ms                  | DB_RETRY_MAX_DELAY is '99ms': the base delay (100 ms) to 1 min is allowed
            DB_RETRY_DEADLINE           | 0                     | DB_RETRY_DEADLINE is '0': more than 0, up to 10 min, is allowed
            DB_RETRY_BUDGET             | 101                   | DB_RETRY_BUDGET is '101': 0 to 100 percent is allowed
            DB_BREAKER_FAILURES         | 0                     | DB_BREAKER_FAILURES is '0': 1 to 1000 is allowed
            DB_BREAKER_DELAY            | 2m                    | DB_BREAKER_DELAY is '2m': from 1 ms to 1 min is allowed
            DB_HEALTH_CHECK_INTERVAL    | 0                     | DB_HEALTH_CHECK_INTERVAL is '0': from 10 ms to 1 day is allowed
            DB_POOL_MONITOR_INTERVAL    | 2d                    | DB_POOL_MONITOR_INTERVAL is '2d': from 10 ms to 1 day is allowed
            DB_DRAIN_TIMEOUT            | 0                     | DB_DRAIN_TIMEOUT is '0': more than 0, up to 10 min, is allowed
            DB_PORT                     | abc                   | DB_PORT is 'abc': a whole number is allowed
            DB_SSL_MODE                 | on                    | DB_SSL_MODE is 'on': disable, require or verify-full is allowed
            HTTP_PAGE_SIZE              | 1001                  | HTTP_PAGE_SIZE is '1001': 1 to 1000 is allowed
            MICRONAUT_SERVER_PORT       | abc                   | MICRONAUT_SERVER_PORT is 'abc': a whole number is allowed
            MICRONAUT_SERVER_PORT       | 65536                 | MICRONAUT_SERVER_PORT is '65536': 0 to 65535 is allowed
            DB_MIGRATE_ON_START         | ${NOT_THERE}          | DB_MIGRATE_ON_START: ${NOT_THERE} stands for nothing; set it, or give a default: ${…:default}
            DB_QUERY_TIMEOUT            | ${DB_QUERY_TIMEOUT}   | DB_QUERY_TIMEOUT: ${DB_QUERY_TIMEOUT} stands for nothing; set it, or give a default: ${…:default}
            DB_PASSWORD                 | plan${ted}            | DB_PASSWORD has a placeholder ${…} that stands for nothing; a secret with ${ in it stands in a file
            DB_PASSWORD_FILE            | /nowhere/password     | DB_PASSWORD_FILE is '/nowhere/password': there is no such file
            DATABASE_POOLS_X_USER       | someone               | database.pools.x.url is missing: a named pool has no default
            DATABASE_POOLS_PRIMARY_URL  | fake:x                | database.pools.primary: the primary pool is what database.url opens
            """)
    void a_fault_names_the_setting_as_the_user_wrote_it_the_value_and_what_is_allowed(
            String name, String value, String fault) {
        assertThatThrownBy(() -> configured.variable(name, value).read())
                .isInstanceOf(ConfigurationInvalid.class)
                .hasMessage(fault)
                .message()
                .doesNotContain("planted");
    }

    @Test
    void all_faults_are_reported_at_once_a_line_each() {
        var faulty = Map.of(
                "DATABASE_URL", "fake:x?unknown=planted",
                "DB_MAX_CONNECTIONS", "0",
                "DB_QUERY_TIMEOUT", "soon",
                "DB_PORT", "abc",
                "DB_CREATE_IF_MISSING", "false",
                "DB_PASSWORD_FILE", "/nowhere",
                "MICRONAUT_SERVER_PORT", "abc",
                "DATABASE_POOLS_REPORTS_URL", "nosuch:planted");

        assertThat(faults(configured.variables(faulty).argument("database.max-conections", "planted")))
                .containsExactlyInAnyOrder(
                        "MICRONAUT_SERVER_PORT is 'abc': a whole number is allowed",
                        "DB_MAX_CONNECTIONS is '0': at least 1 is allowed",
                        "DB_QUERY_TIMEOUT is 'soon': a duration such as 500ms, 5s, 2m, 1h or PT5S is allowed",
                        "DB_PORT is 'abc': a whole number is allowed",
                        "DB_PASSWORD_FILE is '/nowhere': there is no such file",
                        "DATABASE_URL has the unknown parameter 'unknown': tls is allowed",
                        "DB_CREATE_IF_MISSING is false: database file not found",
                        "DATABASE_POOLS_REPORTS_URL: no installed backend opens URLs that begin with 'nosuch:'."
                                + " Installed: fake (fake:), sqlite (sqlite:)",
                        "database.max-conections is no setting; the nearest is database.max-connections");
    }

    @Test
    void a_fault_in_a_file_names_the_file() {
        assertThat(faults(configured.inFile("database.maxConnections", 0)))
                .containsExactly("database.maxConnections in /etc/basalt.yml is '0': at least 1 is allowed");
    }

    @Test
    void a_port_that_is_none_is_a_fault_wherever_it_stands() {
        assertThat(faults(new Configured().inFile("database.port", "abc")))
                .containsExactly("database.port in /etc/basalt.yml is 'abc': a whole number is allowed");
        assertThat(faults(new Configured().argument("database.port", "abc")))
                .containsExactly("database.port is 'abc': a whole number is allowed");
        assertThat(faults(new Configured().systemProperty("micronaut.server.port", "abc")))
                .containsExactly("micronaut.server.port is 'abc': a whole number is allowed");
    }

    @Test
    void a_name_and_its_alias_may_not_contradict_each_other() {
        assertThat(faults(configured.variable("DB_MAX_CONNECTIONS", "5").variable("MAX_DB_CONNECTIONS", "6")))
                .containsExactly("DB_MAX_CONNECTIONS is '5' and MAX_DB_CONNECTIONS is '6':"
                        + " these are names of one setting; give one of them");
        assertThat(faults(new Configured()
                        .argument("database.idle-timeout", "60s")
                        .variable("DB_CONNECTION_MAX_IDLE_TIME", "70s")))
                .hasSize(1);
        assertThat(new Configured()
                        .variable("DB_IDLE_TIMEOUT", "60")
                        .variable("DB_CONNECTION_MAX_IDLE_TIME", "1m")
                        .reported("database.idle-timeout")
                        .value())
                .isEqualTo("60");
    }

    @Test
    void a_secret_is_given_once_and_not_shown() {
        assertThat(faults(configured
                        .variable("DB_PASSWORD", "planted")
                        .argument("database.password-file", "/nowhere/planted-file")))
                .contains("DB_PASSWORD and database.password-file are both given: give one of them")
                .noneMatch(fault -> fault.contains("'planted'"));
    }

    @Test
    void url_and_part_that_contradict_each_other_are_named_as_the_user_wrote_them() {
        assertThat(faults(configured
                        .variable("DATABASE_URL", "fake:x?tls=disable")
                        .variable("DB_SSL_MODE", "require")))
                .containsExactly("DATABASE_URL and DB_SSL_MODE contradict each other");
    }

    @Test
    void parts_that_describe_a_database_of_another_backend_than_the_url_are_a_fault() {
        assertThat(faults(configured.variable("DATABASE_URL", "sqlite:x").variable("DB_HOST", "h")))
                .containsExactly("DATABASE_URL and DB_HOST contradict each other:"
                        + " the one names a sqlite database, the other a fake database");
    }

    @Test
    void an_unknown_name_is_a_fault_and_the_nearest_is_suggested() {
        assertThat(faults(configured
                        .inFile("database.pools.a.url", "fake:x")
                        .inFile("database.pools.a.querytimeout", "1s")
                        .inFile("access.user-file", "x")
                        .systemProperty("http.pagesize", "1")
                        .argument("db.max-connections", "1")))
                .containsExactlyInAnyOrder(
                        "database.pools.a.querytimeout in /etc/basalt.yml is no setting;"
                                + " the nearest is database.pools.a.query-timeout",
                        "access.user-file in /etc/basalt.yml is no setting; the nearest is access.users-file",
                        "http.pagesize is no setting; the nearest is http.page-size",
                        "db.max-connections is no setting; the nearest is database.max-connections");
    }

    @Test
    void what_belongs_to_the_platform_is_left_alone() {
        assertThat(configured
                        .systemProperty("http.proxyHost", "proxy.example")
                        .variable("DB_MAX_CONECTIONS", "1")
                        .variable("DATABASE_SERVICE_HOST", "10.0.0.1")
                        .variable("DATABASE_PORT", "tcp://10.0.0.1:5432")
                        .variable("DB_PORT", "tcp://10.0.0.2:5432")
                        .variable("HTTP_PROXY", "proxy.example")
                        .read()
                        .hints())
                .containsExactly("DB_MAX_CONECTIONS is no setting; perhaps DB_MAX_CONNECTIONS is meant");
    }

    @Test
    void a_variable_that_may_belong_to_either_of_two_pools_is_a_fault_unless_one_is_known() {
        assertThat(faults(configured.variable("DATABASE_POOLS_A_MIGRATION_USER", "x")))
                .containsExactly("DATABASE_POOLS_A_MIGRATION_USER is unclear: it may be a setting of pool 'a' or"
                        + " 'a-migration'. Name the pool in a configuration file");
        assertThat(configured
                        .inFile("database.pools.a.url", "fake:a")
                        .read()
                        .settings()
                        .pools())
                .hasSize(2);
    }

    @Test
    void a_pool_has_a_name_that_is_allowed() {
        assertThat(faults(configured.inFile("database.pools.-x.url", "fake:b")))
                .containsExactly("database.pools: pool name '-x': 1 to 63 characters of a-z, 0-9, _ and - are allowed,"
                        + " a letter or digit first");
    }

    @Test
    void an_unknown_profile_is_a_fault() {
        assertThat(faults(configured.profile("production")))
                .containsExactly("micronaut.environments is 'production': dev, test or prod is allowed");
        assertThat(faults(new Configured().inFile("micronaut.environments", "prod")))
                .singleElement()
                .asString()
                .startsWith("micronaut.environments in /etc/basalt.yml: one profile can be in force");
    }

    private static List<String> faults(Configured configured) {
        var faults = new ArrayList<String>();
        assertThatThrownBy(configured::read)
                .isInstanceOfSatisfying(
                        ConfigurationInvalid.class,
                        invalid -> String.valueOf(invalid.getMessage())
                                .lines()
                                .filter(line -> !line.endsWith(" faults in the configuration:"))
                                .map(line -> line.replaceFirst("^\\(\\d+\\) ", ""))
                                .forEach(faults::add));
        return faults;
    }
}

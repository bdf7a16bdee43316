package dev.basalt.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.HealthSettings;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.settings.SettingFault;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresUrlTest {

    static Stream<Arguments> good_urls() {
        return Stream.of(
                good("postgresql://", "PGHOST=localhost PGPORT=5432"),
                good("postgresql://localhost", "PGHOST=localhost PGPORT=5432"),
                good("postgresql://localhost/", "PGHOST=localhost PGPORT=5432"),
                good("postgres://h:5433/db", "PGHOST=h PGPORT=5433 PGDBNAME=db"),
                good("postgresql://u@h/db", "user=u PGHOST=h PGDBNAME=db"),
                good("postgresql://u:p@h/db", "user=u password=p PGHOST=h PGDBNAME=db"),
                good("postgresql://u:@h/db", "user=u PGHOST=h PGDBNAME=db"),
                good("postgresql:///db", "PGDBNAME=db"),
                good("postgresql:///db?host=h&port=5433", "PGHOST=h PGPORT=5433 PGDBNAME=db"),
                good("postgresql://?port=5433", "PGHOST=localhost PGPORT=5433"),
                good("postgresql://h1:1,h2:2/db", "PGHOST=h1,h2 PGPORT=1,2 PGDBNAME=db"),
                good("postgresql://h1,h2:2,h3/db", "PGHOST=h1,h2,h3 PGPORT=5432,2,5432"),
                good("postgresql://?host=h1,h2&port=1,2", "PGHOST=h1,h2 PGPORT=1,2"),
                good("postgresql://?host=h1,h2&port=3", "PGHOST=h1,h2 PGPORT=3,3"),
                good("postgresql://:5433/db", "PGHOST=localhost PGPORT=5433"),
                good("postgresql://[::1]/db", "PGHOST=[::1] PGPORT=5432"),
                good("postgresql://[::1]:5433,[2001:db8::2]:1/db", "PGHOST=[::1],[2001:db8::2] PGPORT=5433,1"),
                good("postgresql://?host=::1", "PGHOST=[::1] PGPORT=5432"),
                good("postgresql://h/d%62%2Fx", "PGDBNAME=db/x"),
                good("postgresql://u%40corp:p%3A%2F%3F%23%40%25+1@h/db", "user=u@corp password=p:/?#@%+1"),
                good("postgresql://gr%C3%BC%C3%9Fe@h/db", "user=grüße"),
                good("postgresql://größe@h/db", "user=größe"),
                good("postgresql://h/db?user=a@b&password=p+w%20", "user=a@b password=p+w•"),
                good("postgresql://u:p@h/db?user=u&password=p&dbname=db&host=h&port=5432", "user=u password=p"),
                good("jdbc:postgresql:db", "PGDBNAME=db"),
                good("jdbc:postgresql://h/db", "PGHOST=h PGPORT=5432 PGDBNAME=db"),
                good(
                        "jdbc:postgresql://h1:1,[::2]:2/db?user=u&password=p",
                        "PGHOST=h1,[::2] PGPORT=1,2 user=u password=p"),
                good("jdbc:postgresql://h/db?password=p+w%2B", "password=p•w+"),
                good("jdbc:postgresql://h/db?ssl=true&sslmode=require", "sslmode=require"),
                good("jdbc:postgresql://h/db?ssl=false", "sslmode=prefer"),
                good("postgresql://h1,h2?port=5433", "PGHOST=h1,h2 PGPORT=5433,5433"),
                good("postgresql://h1,h2/db?port=1,2", "PGHOST=h1,h2 PGPORT=1,2"),
                good("postgresql://h?require_auth=scram-sha-256,!password", "requireAuth=scram-sha-256,!password"),
                good("postgresql://h?connect_timeout=7", "connectTimeout=7 loginTimeout=7"),
                good("postgresql://h1,h2?connect_timeout=7", "connectTimeout=7 loginTimeout=14"),
                good("postgresql://h?application_name=mine", "ApplicationName=mine"),
                good("postgresql://h?ApplicationName=mine", "ApplicationName=mine"),
                good("postgresql://h?search_path=a,b", "currentSchema=a,b"),
                good("jdbc:postgresql://h/db?currentSchema=a", "currentSchema=a"),
                good("postgresql://h?target_session_attrs=read-write", "targetServerType=primary"),
                good("postgresql://h?target_session_attrs=prefer-standby", "targetServerType=preferSecondary"),
                good("postgresql://h?keepalives=0", "tcpKeepAlive=false"),
                good("postgresql://h?load_balance_hosts=random", "loadBalanceHosts=true"),
                good(
                        "postgresql://h?options=-c%20work_mem%3D8MB",
                        "options=-c•work_mem=8MB•-c•statement_timeout=30000•-c•idle_in_transaction_session_timeout=10000"
                                + "•-c•tcp_user_timeout=35000•-c•default_transaction_isolation=read\\•committed"));
    }

    @ParameterizedTest
    @MethodSource("good_urls")
    void a_good_url_becomes_the_drivers_properties(String url, String expected) {
        Properties properties = properties(url);

        for (String one : expected.split(" ", -1)) {
            int equals = one.indexOf('=');
            assertThat(properties.getProperty(one.substring(0, equals)))
                    .as(one)
                    .isEqualTo(one.substring(equals + 1).replace('•', ' '));
        }
    }

    static Stream<Arguments> bad_urls() {
        return Stream.of(
                bad("postgresql://u:s3cret@h:abc/db", "port", "abc", "1 to 65535"),
                bad("postgresql://u:s3cret@h:/db", "port", "1 to 65535"),
                bad("postgresql://u:s3cret@h:0/db", "port", "'0'"),
                bad("postgresql://u:s3cret@h:65536/db", "port", "'65536'"),
                bad("postgresql://u:s3cret@h:-1/db", "port", "'-1'"),
                bad("postgresql://u:s3cret@h1:1,h2:x/db", "port", "'x'"),
                bad("postgresql://h?port=54x", "port", "'54x'"),
                bad("postgresql://?host=a,b,c&port=1,2", "port", "2", "3"),
                bad("postgresql://u:s3cret@h/db?sslmod=require", "'sslmod'", "sslmode", "search_path", "user"),
                bad("postgresql://u:s3cret@h/db?service=x", "'service'"),
                bad("jdbc:postgresql://h/db?password=s3cret&socketTimeout=5", "'socketTimeout'"),
                bad("postgresql://u:s3cret@h/db?sslmode=on", "'sslmode'", "'on'", "verify-full"),
                bad("postgresql://h?target_session_attrs=master", "'target_session_attrs'", "read-write"),
                bad("postgresql://h?connect_timeout=soon", "'connect_timeout'", "'soon'"),
                bad("postgresql://h?connect_timeout=0", "'connect_timeout'", "at least 1"),
                bad("postgresql://h?options=-cstatement_timeout%3D0", "'options'", "query time-out"),
                bad("postgresql://h?options=-csearch_path%3Da", "'options'", "parameter of its own"),
                bad("postgresql://h?search_path=a,,b", "'search_path'", "'a,,b'"),
                bad(
                        "postgresql://h?options=-c%20idle_in_transaction_session_timeout%3D1",
                        "idle-in-transaction-timeout"),
                bad("postgresql://h?options=-c%20client_connection_check_interval%3D1000", "client-check-interval"),
                bad("postgresql://h?options=-c%20tcp_user_timeout%3D1", "'options'", "query time-out"),
                bad("postgresql://h?gssencmode=on", "'gssencmode'", "'on'", "disable, prefer, require"),
                bad("postgresql://h?require_auth=scram", "'require_auth'", "'scram'", "scram-sha-256"),
                bad("jdbc:postgresql://h/db?prepareThreshold=x", "'prepareThreshold'", "whole number"),
                bad("jdbc:postgresql://h/db?targetServerType=leader", "'targetServerType'", "'leader'", "primary"),
                bad("jdbc:postgresql://h/db?password=1&s3cret=2", "%26"),
                bad("jdbc:postgresql://h/db?password=1&2&s3cret=3", "%26"),
                bad("postgresql://h?sslrootcert=/no/such/file", "'sslrootcert'", "'/no/such/file'", "no such file"),
                bad("postgresql://h?host=h:5433", "host"),
                bad("postgresql://h?connect_timeout=1&connect_timeout=2", "'connect_timeout'", "twice"),
                bad("postgresql://h?search_path=a&currentSchema=b", "currentSchema", "different"),
                bad("postgresql://u:s3cret@h?user=v", "user", "different"),
                bad("postgresql://u:s3cret@h?password=other", "password", "different"),
                bad("postgresql://h/db?dbname=other", "dbname", "different"),
                bad("postgresql://h:1?host=h&port=2", "port", "different"),
                bad("postgresql://h?sslmode", "name=value"),
                bad("postgresql://h?=require", "name=value"),
                bad("postgresql://u:s3cret%@h/db", "password", "%25"),
                bad("postgresql://u:s3cret%4@h/db", "password", "%25"),
                bad("postgresql://u:s3cret%zz@h/db", "password", "%25"),
                bad("postgresql://u:s3cret%FF@h/db", "password", "UTF-8"),
                bad("postgresql://u:s3cret%00@h/db", "password", "UTF-8"),
                bad("postgresql://u:s3c@ret@h/db", "@", "%40"),
                bad("postgresql://u:s3c/ret@h/db", "@", "%2F"),
                bad("postgresql://u:s3c?ret@h/db", "@", "%3F"),
                bad("postgresql://u:12/s3cret@h/db", "@", "%2F"),
                bad("postgresql://u:12?x=s3cret@h/db", "@", "%3F"),
                bad("postgresql://u:s3cret", "port", "%40"),
                bad("postgresql://%2Fvar%2Frun/db", "Unix-domain socket"),
                bad("postgresql://?host=/var/run", "Unix-domain socket"),
                bad("postgresql://u:s3cret@h%20x/db", "host"),
                bad("postgresql://[::1/db", "host"),
                bad("jdbc:postgresql://u:s3cret@h/db", "jdbc:", "?user="));
    }

    @ParameterizedTest
    @MethodSource("bad_urls")
    void a_bad_url_is_refused_with_what_is_wrong_and_without_its_password(String url, String[] named) {
        assertThatExceptionOfType(ConfigurationInvalid.class)
                .isThrownBy(() -> open(url).close())
                .satisfies(failure ->
                        assertThat(failure.getMessage()).contains("pool 'main'").contains(named))
                .satisfies(failure -> {
                    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                        assertThat(cause.toString()).doesNotContain("s3c", "ret@", "cret");
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://h/db", "postgres://h/db", "jdbc:postgresql://h/db", "jdbc:postgresql:db"})
    void its_own_urls_are_accepted(String url) {
        assertThat(new PostgresBackendProvider().accepts(new DatabaseUrl(url))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresq://h/db", "postgresql:db", "jdbc:sqlite:db", "sqlite::memory:", "jdbc:pgsql:db"})
    void urls_of_others_are_not_accepted(String url) {
        assertThat(new PostgresBackendProvider().accepts(new DatabaseUrl(url))).isFalse();
    }

    @Test
    void what_was_read_from_a_url_does_not_print() {
        var url = new DatabaseUrl("postgresql://u:s3cret@h/db?sslpassword=s3cret");

        assertThat(PostgresUrl.read(url, Assertions::fail)).asString().doesNotContain("s3cret");
        assertThat(settings(url.value())).asString().contains("h/db").doesNotContain("s3cret");
        assertThat(settings(url.value()).service()).asString().contains("u").doesNotContain("s3cret");
    }

    @Test
    void what_the_url_leaves_out_has_a_default() {
        Properties bounded = properties("postgresql://h/db");

        assertThat(bounded)
                .containsEntry("ApplicationName", "basalt")
                .containsEntry("currentSchema", "public")
                .containsEntry("sslmode", "prefer")
                .containsEntry("prepareThreshold", "1")
                .containsEntry("preparedStatementCacheQueries", "100")
                .containsEntry("reWriteBatchedInserts", "true")
                .containsEntry("connectTimeout", "5")
                .containsEntry("loginTimeout", "5")
                .containsEntry("cancelSignalTimeout", "2")
                .containsEntry("tcpKeepAlive", "true")
                .containsEntry("hostRecheckSeconds", "10")
                .containsEntry("logServerErrorDetail", "false")
                .containsEntry("socketTimeout", "35")
                .containsEntry(
                        "options",
                        "-c statement_timeout=30000 -c idle_in_transaction_session_timeout=10000"
                                + " -c tcp_user_timeout=35000 -c default_transaction_isolation=read\\ committed");
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://h1/db,,",
        "'postgresql://h1,h2/db', preferSecondary, preferPrimary",
        "'postgresql://h1,h2/db?target_session_attrs=primary', primary, primary",
        "'postgresql://h1,h2/db?target_session_attrs=any', any, any",
        "'jdbc:postgresql://h1,h2/db?targetServerType=secondary', secondary, secondary"
    })
    void reads_prefer_a_replica_where_there_are_several_servers_and_nobody_said_which(
            String url, @Nullable String reads, @Nullable String writes) {
        var properties = new DriverProperties(settings(url), PoolSettings.DEFAULTS);

        assertThat(properties.reading().getProperty("targetServerType")).isEqualTo(reads);
        assertThat(properties.bounded().getProperty("targetServerType")).isEqualTo(writes);
        assertThat(properties.unbounded().getProperty("targetServerType")).isEqualTo(writes);
        assertThat(properties.heartbeat(HealthSettings.DEFAULTS).getProperty("targetServerType"))
                .isEqualTo(writes);
    }

    @Test
    void reads_are_spread_over_the_replicas_unless_somebody_says_otherwise() {
        assertThat(several("").reading()).containsEntry("loadBalanceHosts", "true");
        assertThat(several("?load_balance_hosts=disable").reading()).containsEntry("loadBalanceHosts", "false");
        assertThat(several("").bounded()).doesNotContainKey("loadBalanceHosts");
    }

    @Test
    void the_heartbeat_is_not_as_patient_as_others_and_trusts_nothing_found_out_before() {
        var health = new HealthSettings(Duration.ofMillis(500), Duration.ofSeconds(2));

        assertThat(several("?connect_timeout=60").heartbeat(health))
                .containsEntry("ApplicationName", "basalt-heartbeat")
                .containsEntry("hostRecheckSeconds", "0")
                .containsEntry("connectTimeout", "1")
                .as("each of the servers has the same time to let it in")
                .containsEntry("loginTimeout", "8")
                .containsEntry("socketTimeout", "3");
    }

    @Test
    void of_several_servers_the_heartbeat_reaches_each_by_itself_whatever_it_takes() {
        assertThat(several("").heartbeat(HealthSettings.DEFAULTS, new Servers.Host("h2", 2)))
                .containsEntry("PGHOST", "h2")
                .containsEntry("PGPORT", "2")
                .containsEntry("targetServerType", "any")
                .containsEntry("hostRecheckSeconds", "0")
                .containsEntry("loginTimeout", "4");
    }

    private static DriverProperties several(String parameters) {
        return new DriverProperties(settings("postgresql://h1:1,h2:2/db" + parameters), PoolSettings.DEFAULTS);
    }

    @Test
    void migrations_are_not_bounded() {
        Properties unbounded = new DriverProperties(settings("postgresql://h/db"), PoolSettings.DEFAULTS).unbounded();

        assertThat(unbounded)
                .containsEntry("connectTimeout", "5")
                .containsEntry("options", "-c statement_timeout=0 -c idle_in_transaction_session_timeout=0")
                .doesNotContainKeys("socketTimeout");
    }

    @Test
    void who_logs_in_is_not_among_the_properties_that_are_kept() {
        assertThat(new DriverProperties(settings("postgresql://u:s3cret@h/db"), PoolSettings.DEFAULTS).bounded())
                .isNotEmpty()
                .doesNotContainKeys("user", "password");
    }

    @Test
    void all_that_is_wrong_with_a_url_is_told_at_once() {
        var url = new DatabaseUrl("postgresql://u:s3cret@h:x/db?sslmod=a&sslmode=on&connect_timeout=soon&user=v");

        List<SettingFault> faults =
                new PostgresBackendProvider().faults(new DatabaseSettings("main", url, PoolSettings.DEFAULTS));

        assertThat(faults).allSatisfy(fault -> assertThat(fault.keys()).containsExactly("url"));
        assertThat(faults)
                .extracting(SettingFault::message)
                .hasSize(5)
                .anyMatch(message -> message.startsWith("port is 'x'"))
                .anyMatch(message -> message.startsWith("parameter 'sslmod' is not known"))
                .anyMatch(message -> message.startsWith("parameter 'sslmode' is 'on'"))
                .anyMatch(message -> message.startsWith("parameter 'connect_timeout' is 'soon'"))
                .anyMatch(message -> message.startsWith("user is given before the question mark and"));
    }

    /** With who logs in, as the driver gets it in the end. */
    private static Properties properties(String url) {
        Properties properties = new DriverProperties(settings(url), PoolSettings.DEFAULTS).bounded();
        PostgresUrl read = PostgresUrl.read(new DatabaseUrl(url), Assertions::fail);
        if (read.user() != null) {
            properties.setProperty("user", read.user());
        }
        if (read.password() != null) {
            properties.setProperty("password", read.password());
        }
        return properties;
    }

    private static PostgresSettings settings(String url) {
        return PostgresSettings.of(new DatabaseSettings("main", new DatabaseUrl(url), PoolSettings.DEFAULTS));
    }

    private static Backend open(String url) {
        return new PostgresBackendProvider()
                .open(new DatabaseSettings("main", new DatabaseUrl(url), PoolSettings.DEFAULTS), BackendListener.NONE);
    }

    private static Arguments good(String url, String expected) {
        return Arguments.of(url, expected);
    }

    private static Arguments bad(String url, String... named) {
        return Arguments.of(url, named);
    }
}

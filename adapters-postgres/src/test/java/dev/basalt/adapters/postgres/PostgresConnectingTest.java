package dev.basalt.adapters.postgres;

import static dev.basalt.adapters.postgres.OwnDatabase.value;
import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.AuthenticationFailed;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.ObjectNotFound;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.ports.Backend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGProperty;

/** What comes of a URL when it meets a server. */
@Timeout(120)
final class PostgresConnectingTest {

    private static final String ODD_PASSWORD = "p@ss w'o/r?d%#+:&=\"\\ß";

    /** For those that are not going to get a connection. */
    private static final PoolSettings IMPATIENT = Limits.connections(1, Duration.ofSeconds(2));

    private final OwnDatabase database = new OwnDatabase();

    @AfterEach
    void close_the_backends() {
        database.close();
    }

    @Test
    void odd_passwords_work_in_every_kind_of_url() {
        String role = database.createRole();
        database.execute("ALTER ROLE %s PASSWORD '%s'".formatted(role, ODD_PASSWORD.replace("'", "''")));
        String place = database.server().host() + ":" + database.server().port() + "/" + database.name();
        String form = URLEncoder.encode(ODD_PASSWORD, UTF_8);
        String encoded = form.replace("+", "%20");

        for (String url : List.of(
                "postgresql://" + role + ":" + encoded + "@" + place,
                "postgres://" + place + "?user=" + role + "&password=" + encoded,
                "jdbc:postgresql://" + place + "?user=" + role + "&password=" + encoded,
                "jdbc:postgresql://" + place + "?user=" + role + "&password=" + form)) {
            Backend backend = database.open(url, Limits.connections(1));
            assertThat(value(backend, READ, "SELECT current_user")).isEqualTo(role);
            backend.close();
        }
    }

    @Test
    void a_database_that_is_not_named_is_the_one_of_the_roles_name() {
        String role = database.createRole();
        database.execute("CREATE DATABASE " + role);
        String url = "postgresql://%1$s:%1$s@%2$s:%3$d"
                .formatted(role, database.server().host(), database.server().port());

        Backend backend = database.open(url, Limits.connections(1));

        assertThat(value(backend, READ, "SELECT current_database()")).isEqualTo(role);
    }

    @Test
    void a_host_that_refuses_is_passed_over_for_the_next_one() throws IOException {
        String url = "postgresql://%s:%s@localhost:%d,%s:%d/%s"
                .formatted(
                        PostgresServer.SUPERUSER,
                        database.server().password(),
                        closedPort(),
                        database.server().host(),
                        database.server().port(),
                        database.name());

        Backend backend = database.open(url, Limits.connections(1));

        assertThat(value(backend, READ, "SELECT current_database()")).isEqualTo(database.name());
    }

    @Test
    void of_several_hosts_that_say_nothing_none_is_asked_again_when_the_time_to_log_in_is_over() {
        try (var one = new FaultyNetwork(database.server());
                var other = new FaultyNetwork(database.server())) {
            one.freeze();
            other.freeze();
            var properties = new Properties();
            PGProperty.PG_HOST.set(properties, "localhost,localhost");
            PGProperty.PG_PORT.set(properties, one.port() + "," + other.port());
            PGProperty.PG_DBNAME.set(properties, database.name());
            PGProperty.SSL_MODE.set(properties, "disable");
            PGProperty.GSS_ENC_MODE.set(properties, "disable");
            PGProperty.LOGIN_TIMEOUT.set(properties, 1);

            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> new Login("u", null).connector(properties).connect())
                    .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("08001"));

            assertThat(one.taken()).isOne();
        }
    }

    @Test
    void a_wrong_password_fails_the_authentication_and_is_not_told() {
        String role = database.createRole();
        String url = database.url(role).replace(":" + role + "@", ":s3cret@");

        DatabaseFailure failure = failure(url);

        assertThat(failure).isInstanceOf(AuthenticationFailed.class).hasMessageContaining("pool 'primary': ");
        assertThat(failure.retryable()).isFalse();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).doesNotContain("s3cret");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:%1$d,%2$s", "%2$s,localhost:%1$d"})
    void a_password_that_one_of_several_servers_refuses_is_told_though_another_one_is_down(String servers)
            throws IOException {
        String role = database.createRole();
        String here = database.server().host() + ":" + database.server().port();
        String url = "postgresql://" + role + ":wrong@" + servers.formatted(closedPort(), here) + "/" + database.name();

        assertThat(failure(url)).isInstanceOf(AuthenticationFailed.class);
    }

    @Test
    void a_missing_password_fails_the_authentication() {
        String role = database.createRole();

        assertThat(failure(database.url(role).replace(":" + role + "@", "@"))).isInstanceOf(AuthenticationFailed.class);
    }

    @Test
    void a_role_without_free_connections_fails_to_connect() {
        String role = database.createRole();
        database.execute("ALTER ROLE " + role + " CONNECTION LIMIT 0");

        DatabaseFailure failure = failure(database.url(role));

        assertThat(failure).isInstanceOf(ConnectionFailed.class).hasMessageContaining("too many connections");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void an_unknown_database_is_unavailable_because_it_is_not_found() {
        assertThat(failure(database.server().url("no_such_database")))
                .isInstanceOf(ConnectionFailed.class)
                .hasMessageContaining("no_such_database")
                .hasCauseInstanceOf(ObjectNotFound.class);
    }

    @Test
    void a_refused_connection_fails_to_connect() throws IOException {
        DatabaseFailure failure = failure("postgresql://u:s3cret@localhost:" + closedPort() + "/db");

        assertThat(failure).isInstanceOf(ConnectionFailed.class);
        assertThat(failure.getMessage()).doesNotContain("s3cret");
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void an_unknown_host_fails_to_connect() {
        assertThat(failure("postgresql://u:s3cret@no-such-host.invalid/db")).isInstanceOf(ConnectionFailed.class);
    }

    @Test
    void opening_a_backend_does_not_wait_for_its_database() throws IOException {
        Backend backend = database.open("postgresql://u@localhost:" + closedPort() + "/db", IMPATIENT);

        assertThat(backend.product()).isEqualTo("postgresql");
        assertThat(backend.pool().stats().total()).isZero();
    }

    @Test
    void without_a_search_path_it_is_public() {
        Backend backend = database.open(Limits.connections(1));

        assertThat(value(backend, READ, "SHOW search_path")).isEqualTo("public");
        assertThat(backend.place().schema()).isEqualTo("public");
    }

    @Test
    void a_search_path_of_the_url_is_what_the_session_begins_with_and_resets_to() {
        database.execute("CREATE SCHEMA app", "CREATE SCHEMA \"Odd one\"");
        String path = URLEncoder.encode("app,\"Odd one\"", UTF_8).replace("+", "%20");

        for (String name : List.of("search_path", "currentSchema")) {
            Backend backend = database.open(database.url() + "?" + name + "=" + path, Limits.connections(1));
            String reset = backend.transactions().inTransaction(WRITE, transaction -> {
                assertThat(OwnDatabase.valueHere(backend, "SELECT current_schemas(false)::text"))
                        .isEqualTo("{app,\"Odd one\"}");
                OwnDatabase.session(backend).update("SET search_path = public");
                OwnDatabase.session(backend).update("RESET search_path");
                return OwnDatabase.valueHere(backend, "SHOW search_path");
            });
            assertThat(reset).isEqualTo("app,\"Odd one\"");
        }
    }

    @Test
    void the_application_name_is_told_to_the_server() {
        Backend unnamed = database.open(Limits.connections(1));
        Backend named = database.open(database.url() + "?application_name=mine%20own", Limits.connections(1));

        assertThat(value(unnamed, READ, "SHOW application_name")).isEqualTo("basalt");
        assertThat(value(named, READ, "SHOW application_name")).isEqualTo("mine own");
    }

    private DatabaseFailure failure(String url) {
        Backend backend = database.open(url, IMPATIENT);
        var caught = new DatabaseFailure[1];
        assertThatExceptionOfType(DatabaseFailure.class)
                .isThrownBy(() -> value(backend, READ, "SELECT 1"))
                .satisfies(failure -> caught[0] = failure);
        return caught[0];
    }

    private static int closedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

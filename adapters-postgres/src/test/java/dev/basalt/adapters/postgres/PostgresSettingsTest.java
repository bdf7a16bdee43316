package dev.basalt.adapters.postgres;

import static dev.basalt.adapters.postgres.OwnDatabase.value;
import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.basalt.contract.Caller;
import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.PoolExhausted;
import dev.basalt.domain.failure.DatabaseFailure.TimedOut;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every setting of a pool that the server or the driver can be asked about. */
@Timeout(120)
final class PostgresSettingsTest {

    private static final String CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'counted'"
            + " AND datname = current_database()";

    private final OwnDatabase database = new OwnDatabase();

    @AfterEach
    void close_the_backends() {
        database.close();
    }

    @Test
    void the_server_sees_as_many_connections_as_are_allowed_and_no_more() throws Exception {
        Backend backend = database.open(
                database.url() + "?application_name=counted", Limits.connections(3, Duration.ofMillis(500)));
        var inside = new CountDownLatch(3);
        var leave = new CountDownLatch(1);
        List<Caller<Boolean>> callers = Stream.generate(() ->
                        Caller.start(() -> backend.transactions().inTransaction(READ, transaction -> {
                            OwnDatabase.valueHere(backend, "SELECT 1");
                            inside.countDown();
                            return leave.await(60, TimeUnit.SECONDS);
                        })))
                .limit(3)
                .toList();
        assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();

        assertThatExceptionOfType(PoolExhausted.class).isThrownBy(() -> value(backend, READ, "SELECT 1"));

        assertThat(database.single(CONNECTIONS)).isEqualTo("3");
        assertThat(backend.pool().stats().max()).isEqualTo(3);
        leave.countDown();
        assertThat(callers).allSatisfy(caller -> assertThat(caller.answer()).isTrue());
    }

    @Test
    void the_server_sees_the_connections_that_are_kept_open_though_idle() {
        database.open(database.url() + "?application_name=counted", PoolSettings.DEFAULTS.withConnections(5, 2));

        await().untilAsserted(() -> assertThat(database.single(CONNECTIONS)).isEqualTo("2"));
    }

    @Test
    void the_server_cancels_what_runs_longer_than_the_query_timeout() {
        Backend backend = database.open(Limits.queryTimeout(Duration.ofMillis(1234)));

        assertThat(value(backend, READ, "SHOW statement_timeout")).isEqualTo("1234ms");
        assertThatExceptionOfType(TimedOut.class).isThrownBy(() -> value(backend, READ, "SELECT pg_sleep(60)"));
    }

    @Test
    void a_caller_that_changes_the_query_timeout_can_only_reset_it_to_the_setting() {
        Backend backend = database.open(Limits.queryTimeout(Duration.ofSeconds(77)));

        String reset = backend.transactions().inTransaction(READ, transaction -> {
            OwnDatabase.session(backend).update("SET statement_timeout = 0");
            OwnDatabase.session(backend).update("RESET statement_timeout");
            return OwnDatabase.valueHere(backend, "SHOW statement_timeout");
        });

        assertThat(reset).isEqualTo("77s");
    }

    @Test
    void the_server_ends_a_transaction_whose_next_statement_it_has_waited_for_too_long() throws Exception {
        Backend backend = database.open(options(Map.of("idle-in-transaction-timeout", "PT0.2S")), BackendListener.NONE);

        assertThatExceptionOfType(TimedOut.class)
                .isThrownBy(() -> backend.transactions().inTransaction(READ, _ -> {
                    long process = OwnDatabase.processHere(backend);
                    await().until(() -> database.single("SELECT count(*) FROM pg_stat_activity WHERE pid = " + process)
                            .equals("0"));
                    return OwnDatabase.valueHere(backend, "SELECT 1");
                }));

        assertThat(value(backend, READ, "SELECT 'well'")).isEqualTo("well");
    }

    @Test
    void the_server_looks_after_clients_that_are_gone() {
        Backend unset = database.open(Limits.queryTimeout(Duration.ofSeconds(77)));
        Backend set = database.open(
                options(Map.of("idle-in-transaction-timeout", "PT1M", "client-check-interval", "PT0.7S")),
                BackendListener.NONE);
        Backend never = database.open(
                options(Map.of("idle-in-transaction-timeout", "PT0S", "client-check-interval", "PT0S")),
                BackendListener.NONE);

        assertThat(lookingAfter(unset)).isEqualTo("10s | 5s | 82s");
        assertThat(lookingAfter(set)).startsWith("1min | 700ms | ");
        assertThat(lookingAfter(never)).startsWith("0 | 0 | ");
    }

    private static String lookingAfter(Backend backend) {
        return value(backend, READ, """
                SELECT concat_ws(' | ', current_setting('idle_in_transaction_session_timeout'),
                       current_setting('client_connection_check_interval'),
                       (SELECT setting::int / 1000 || 's' FROM pg_settings WHERE name = 'tcp_user_timeout'))
                """);
    }

    private DatabaseSettings options(Map<String, String> options) {
        return new DatabaseSettings("primary", new DatabaseUrl(database.url()), Limits.connections(1))
                .with(options, Map.of());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "2, 2", "100, 8"})
    void the_server_keeps_as_many_prepared_statements_as_are_to_be_cached(int size, int kept) throws SQLException {
        Backend backend = database.open(statementCache(size));

        int prepared = backend.transactions().inTransaction(READ, transaction -> {
            for (int n = 0; n < 8; n++) {
                assertThat(OwnDatabase.session(backend).query("SELECT " + n + " WHERE 1 = ?", row -> row.getInt(1), 1))
                        .containsExactly(n);
            }
            var connection = OwnDatabase.session(backend).transaction().connection();
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(
                            "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT _ WHERE%'")) {
                row.next();
                return row.getInt(1);
            }
        });

        assertThat(prepared).isEqualTo(kept);
    }

    @Test
    void a_server_that_does_not_take_connections_is_given_up_after_the_connect_timeout() throws Exception {
        try (var full = new FullServer()) {
            assertGivesUp(full.port());
        }
    }

    @Test
    void a_server_that_takes_connections_and_says_nothing_is_given_up_after_the_connect_timeout() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertGivesUp(silent.getLocalPort());
        }
    }

    @Test
    void a_connection_that_broke_while_idle_reaches_no_caller_of_a_validating_pool() {
        Backend backend = database.open(Limits.validated(1));

        for (int i = 0; i < 3; i++) {
            database.terminate(Long.parseLong(value(backend, READ, "SELECT pg_backend_pid()")));
            assertThat(value(backend, READ, "SELECT 'well'")).isEqualTo("well");
        }
    }

    private void assertGivesUp(int port) throws Exception {
        var failed = new CompletableFuture<Duration>();
        long start = System.nanoTime();
        Backend backend = database.open(
                "postgresql://u:p@localhost:" + port + "/db",
                connectTimeout(Duration.ofSeconds(1)),
                new BackendListener() {
                    @Override
                    public void connectionFailed(String pool, DatabaseFailure cause) {
                        failed.complete(Duration.ofNanos(System.nanoTime() - start));
                    }
                });

        assertThatExceptionOfType(ConnectionFailed.class).isThrownBy(() -> value(backend, READ, "SELECT 1"));

        assertThat(failed.get(30, TimeUnit.SECONDS)).isBetween(Duration.ofMillis(900), Duration.ofSeconds(10));
    }

    private static PoolSettings connectTimeout(Duration connectTimeout) {
        PoolSettings d = PoolSettings.DEFAULTS;
        return new PoolSettings(
                1,
                1,
                Duration.ofSeconds(3),
                d.idleTimeout(),
                d.maxLifetime(),
                connectTimeout,
                d.queryTimeout(),
                0,
                false);
    }

    private static PoolSettings statementCache(int size) {
        PoolSettings d = PoolSettings.DEFAULTS;
        return new PoolSettings(
                1,
                1,
                d.acquireTimeout(),
                d.idleTimeout(),
                d.maxLifetime(),
                d.connectTimeout(),
                d.queryTimeout(),
                size,
                false);
    }

    /** Listens, but its queue of connections is full, so that no further one is answered. */
    private static final class FullServer implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<Socket> queue = new ArrayList<>();

        FullServer() throws IOException {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port());
            boolean full = IntStream.range(0, 20).anyMatch(i -> !queued(address));
            assertThat(full).as("the queue is full").isTrue();
        }

        private boolean queued(InetSocketAddress address) {
            var socket = new Socket();
            queue.add(socket);
            try {
                socket.connect(address, 300);
                return true;
            } catch (SocketTimeoutException e) {
                return false;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        int port() {
            return server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : queue) {
                socket.close();
            }
            server.close();
        }
    }
}

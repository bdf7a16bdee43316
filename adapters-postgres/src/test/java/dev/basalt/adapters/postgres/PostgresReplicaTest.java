package dev.basalt.adapters.postgres;

import static dev.basalt.adapters.postgres.OwnDatabase.processHere;
import static dev.basalt.adapters.postgres.OwnDatabase.session;
import static dev.basalt.adapters.postgres.OwnDatabase.value;
import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.basalt.contract.Caller;
import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure.ReadOnly;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.Heartbeat;
import dev.basalt.domain.pool.Role;
import dev.basalt.domain.pool.RoleStats;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.HealthSettings;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A primary and a replica behind one URL: who is asked what, and what becomes of it when one of them goes. */
@Timeout(180)
final class PostgresReplicaTest {

    private static final String IS_REPLICA = "SELECT pg_is_in_recovery()";

    private final ReplicatedServers servers = new ReplicatedServers();
    private final Deque<Backend> opened = new ArrayDeque<>();

    @BeforeEach
    void make_the_tables() {
        Awaitility.setDefaultTimeout(Caller.PATIENCE);
        servers.primary()
                .execute(
                        "CREATE TABLE item (id BIGINT)",
                        "CREATE TABLE basalt_probe (id TEXT PRIMARY KEY, payload TEXT NOT NULL)");
        servers.awaitReplication();
    }

    @AfterEach
    void close() {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        servers.close();
        Awaitility.reset();
    }

    @Test
    void reads_go_to_the_replica_and_writes_to_the_primary_each_over_connections_of_their_own() {
        Backend backend = open(servers.url());
        awaitStatus(backend, HealthStatus.HEALTHY);

        assertThat(value(backend, READ, IS_REPLICA)).isEqualTo("t");
        assertThat(value(backend, WRITE, IS_REPLICA)).isEqualTo("f");
        assertThat(backend.pool().stats().roles())
                .extracting(RoleStats::role)
                .containsExactlyInAnyOrder(Role.READER, Role.WRITER);
        assertThat(backend.pool().stats().max()).isEqualTo(2);
    }

    @Test
    void whoever_says_which_servers_are_used_reads_where_he_writes() {
        Backend backend = open(servers.url() + "?target_session_attrs=read-write");

        assertThat(value(backend, READ, IS_REPLICA)).isEqualTo("f");
        assertThat(value(backend, WRITE, IS_REPLICA)).isEqualTo("f");
        assertThat(backend.pool().stats().roles()).extracting(RoleStats::role).containsExactly(Role.SHARED);
    }

    @Test
    void reads_go_on_without_a_replica() {
        Backend backend = open(servers.url());
        assertThat(value(backend, READ, IS_REPLICA)).isEqualTo("t");

        servers.replica().crash();

        await().ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(value(backend, READ, IS_REPLICA)).isEqualTo("f"));
        assertThat(backend.health().heartbeat().status()).isEqualTo(HealthStatus.HEALTHY);
    }

    @Test
    void a_replica_that_is_frozen_keeps_nobody_from_the_primary_even_if_it_is_listed_first() {
        try (var network = new FaultyNetwork(servers.replica().server())) {
            Backend backend = open(servers.url(network.port(), servers.primary().port()));
            awaitStatus(backend, HealthStatus.HEALTHY);

            Instant before = backend.health().heartbeat().lastGood();
            network.freeze();
            backend.pool().replaceConnections();

            await("the heartbeat has connected anew").until(() -> {
                Instant since = backend.health().heartbeat().connectedSince();
                return since != null && since.isAfter(before);
            });
            for (int i = 0; i < 20; i++) {
                insert(backend);
                assertThat(backend.health().heartbeat().failure() instanceof ReadOnly)
                        .isFalse();
            }
            backend.close();
        }
    }

    @Test
    void without_a_primary_reads_go_on_and_writes_are_refused_until_it_is_back() {
        Backend backend = open(servers.url());
        awaitStatus(backend, HealthStatus.HEALTHY);
        insert(backend);
        servers.awaitReplication();
        assertThat(value(backend, READ, IS_REPLICA)).isEqualTo("t");

        servers.primary().crash();

        assertThat(awaitStatus(backend, HealthStatus.DEGRADED).failure())
                .as("found out by the heartbeat, since nobody writes")
                .isInstanceOf(ReadOnly.class);
        assertThat(value(backend, READ, "SELECT count(*) FROM item")).isEqualTo("1");
        assertThatExceptionOfType(ReadOnly.class).isThrownBy(() -> insert(backend));

        servers.primary().start();

        awaitInsert(backend);
        awaitStatus(backend, HealthStatus.HEALTHY);
        assertThat(value(backend, WRITE, IS_REPLICA)).isEqualTo("f");
        await().until(() -> value(backend, READ, "SELECT count(*) FROM item").equals("2"));
    }

    @Test
    void writes_go_on_where_a_replica_was_made_the_primary_even_under_load() {
        Backend backend = open(servers.url());
        awaitStatus(backend, HealthStatus.HEALTHY);
        insert(backend);
        servers.awaitReplication();

        servers.primary().crash();
        awaitStatus(backend, HealthStatus.DEGRADED);
        var stop = new CountDownLatch(1);
        var writers = IntStream.range(0, 4)
                .mapToObj(_ -> Caller.start(() -> insertUntil(backend, stop)))
                .toList();
        servers.replica().promote();

        awaitStatus(backend, HealthStatus.HEALTHY);
        awaitInsert(backend);
        stop.countDown();
        assertThat(writers).allSatisfy(writer -> assertThat(writer.answer()).isTrue());
        assertThat(value(backend, WRITE, IS_REPLICA)).isEqualTo("f");
        assertThat(value(backend, READ, IS_REPLICA)).isEqualTo("f");
    }

    @Test
    void no_connection_that_writes_stays_open_to_a_server_that_became_read_only() throws Exception {
        Backend backend = open(servers.url());
        awaitStatus(backend, HealthStatus.HEALTHY);
        var processes = new CopyOnWriteArrayList<Long>();
        var inside = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var inUse = Caller.start(() -> backend.transactions().inTransaction(WRITE, _ -> {
            processes.add(processHere(backend));
            inside.countDown();
            return leave.await(60, TimeUnit.SECONDS);
        }));
        assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
        backend.transactions().inTransaction(WRITE, _ -> processes.add(processHere(backend)));
        assertThat(processes).as("one in use, one idle").doesNotHaveDuplicates().hasSize(2);
        String open = "SELECT count(*) FROM pg_stat_activity WHERE pid IN (%d, %d)"
                .formatted(processes.getFirst(), processes.getLast());
        assertThat(servers.primary().single(open)).isEqualTo("2");

        servers.primary().execute("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()");
        servers.replica().promote();

        await().ignoreException(ReadOnly.class).untilAsserted(() -> insert(backend));
        assertThat(servers.replica().single("SELECT count(*) FROM item")).isEqualTo("1");
        leave.countDown();
        assertThat(inUse.answer()).isTrue();
        await().untilAsserted(() -> assertThat(servers.primary().single(open)).isEqualTo("0"));
        awaitStatus(backend, HealthStatus.HEALTHY);
    }

    @Test
    void a_refused_write_does_not_have_the_heartbeat_log_in_again_and_again() {
        servers.primary().execute("DROP TABLE basalt_probe");
        Backend backend = open(servers.url());
        Instant connected = awaitStatus(backend, HealthStatus.HEALTHY).connectedSince();

        assertThatExceptionOfType(ReadOnly.class)
                .isThrownBy(() -> backend.transactions().inTransaction(WRITE, _ -> {
                    session(backend).update("SET TRANSACTION READ ONLY");
                    return session(backend).update("INSERT INTO item VALUES (1)");
                }));

        awaitStatus(backend, HealthStatus.DEGRADED);
        for (int i = 0; i < 10; i++) {
            Instant last = backend.health().heartbeat().lastGood();
            await().until(() ->
                    !Objects.equals(last, backend.health().heartbeat().lastGood()));
        }
        assertThat(backend.health().heartbeat().connectedSince()).isEqualTo(connected);
    }

    private static boolean insertUntil(Backend backend, CountDownLatch stop) throws InterruptedException {
        while (!stop.await(5, TimeUnit.MILLISECONDS)) {
            try {
                insert(backend);
            } catch (ReadOnly e) {
                // Until the new primary is found.
            }
        }
        return true;
    }

    private static void insert(Backend backend) {
        backend.transactions().inTransaction(WRITE, _ -> session(backend).update("INSERT INTO item VALUES (1)"));
    }

    private static void awaitInsert(Backend backend) {
        await().ignoreExceptions().untilAsserted(() -> insert(backend));
    }

    private Backend open(String url) {
        var settings = new DatabaseSettings(
                "primary",
                new DatabaseUrl(url),
                Limits.connections(2),
                new HealthSettings(Duration.ofMillis(50), Duration.ofSeconds(2)),
                Map.of(),
                Map.of());
        Backend backend = new PostgresBackendProvider().open(settings, BackendListener.NONE);
        opened.push(backend);
        return backend;
    }

    private static Heartbeat awaitStatus(Backend backend, HealthStatus status) {
        return await("the heartbeat says " + status)
                .until(() -> backend.health().heartbeat(), heartbeat -> heartbeat.status() == status);
    }
}

package dev.basalt.adapters.postgres;

import static dev.basalt.adapters.postgres.DistantDatabase.CLOSELY;
import static dev.basalt.adapters.postgres.DistantDatabase.awaitStatus;
import static dev.basalt.adapters.postgres.DistantDatabase.awaitUsable;
import static dev.basalt.adapters.postgres.OwnDatabase.session;
import static dev.basalt.adapters.postgres.OwnDatabase.value;
import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.basalt.contract.Caller;
import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure.AuthenticationFailed;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.ReadOnly;
import dev.basalt.domain.failure.DatabaseFailure.TimedOut;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.Heartbeat;
import dev.basalt.domain.health.ProbeDepth;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** That the heartbeat notices faults of a server and of the way to it, what becomes of callers, and that all heals. */
@Timeout(180)
final class PostgresOutageTest {

    /** Callers of the pool would wait much longer than any test: whoever fails does so because of the verdict. */
    private static final PoolSettings PATIENT = Limits.connections(2, Duration.ofMinutes(10));

    @RegisterExtension
    private final DistantDatabase distant = new DistantDatabase();

    private final OwnDatabase database = distant.database();
    private final FaultyNetwork network = distant.network();
    private final CopyOnWriteArrayList<HealthStatus> told = new CopyOnWriteArrayList<>();

    @Test
    void a_server_that_refuses_fails_callers_at_once_and_serves_them_when_it_is_back() {
        Backend backend = open(PATIENT);
        awaitStatus(backend, HealthStatus.HEALTHY);
        assertThat(value(backend, READ, "SELECT 1")).isEqualTo("1");

        network.refuse();

        Heartbeat down = awaitStatus(backend, HealthStatus.UNHEALTHY);
        assertThat(down.failure()).isInstanceOf(ConnectionFailed.class);
        assertThat(down.connectedSince()).isNull();
        assertThatExceptionOfType(ConnectionFailed.class)
                .isThrownBy(() -> value(backend, READ, "SELECT 1"))
                .withMessageStartingWith("pool 'primary': unavailable since " + down.since() + ": ");
        for (ProbeDepth depth : ProbeDepth.values()) {
            var probe = backend.health().probe(depth, Duration.ofMinutes(10));
            assertThat(probe.status()).isEqualTo(HealthStatus.UNHEALTHY);
            assertThat(probe.failure()).isInstanceOf(ConnectionFailed.class);
        }
        await().until(() -> backend.health().heartbeat().errorCount() >= 3);

        network.accept();

        awaitUsable(backend);
        assertThat(value(backend, READ, "SELECT 1")).isEqualTo("1");
        awaitStatus(backend, HealthStatus.HEALTHY);
        assertThat(told)
                .startsWith(HealthStatus.HEALTHY)
                .endsWith(HealthStatus.HEALTHY)
                .contains(HealthStatus.UNHEALTHY);
        assertThat(IntStream.range(1, told.size()))
                .as("%s: each change is told once", told)
                .allMatch(i -> told.get(i) != told.get(i - 1));
    }

    @Test
    void a_frozen_server_is_late_then_down_and_well_again_when_it_thaws() {
        Backend backend = open(PATIENT);
        awaitStatus(backend, HealthStatus.HEALTHY);
        assertThat(value(backend, READ, "SELECT 1")).isEqualTo("1");

        network.freeze();

        assertThat(awaitStatus(backend, HealthStatus.DEGRADED).failure()).isInstanceOf(TimedOut.class);
        assertThat(awaitStatus(backend, HealthStatus.UNHEALTHY).failure()).isNotNull();
        assertThatExceptionOfType(ConnectionFailed.class).isThrownBy(() -> value(backend, READ, "SELECT 1"));

        network.thaw();

        awaitStatus(backend, HealthStatus.HEALTHY);
        assertThat(value(backend, READ, "SELECT 1")).isEqualTo("1");
    }

    @Test
    void callers_that_wait_for_one_of_the_connections_fail_when_the_server_goes() throws InterruptedException {
        Backend backend = open(Limits.connections(1, Duration.ofMinutes(10)));
        awaitStatus(backend, HealthStatus.HEALTHY);
        var inside = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var occupant = Caller.start(() -> backend.transactions().inTransaction(READ, transaction -> {
            inside.countDown();
            leave.await();
            return true;
        }));
        inside.await();
        var waiting = Caller.start(() -> value(backend, READ, "SELECT 1"));
        await().until(() -> backend.pool().stats().waiting() == 1);

        network.refuse();

        assertThat(waiting.failure()).isInstanceOf(ConnectionFailed.class);
        assertThat(occupant.isDone()).isFalse();
        leave.countDown();
        assertThat(occupant.answer()).isTrue();
    }

    @Test
    void callers_that_wait_for_a_connection_to_be_opened_fail_when_the_server_freezes() {
        Backend backend = open(PATIENT.withConnections(2, 0));
        awaitStatus(backend, HealthStatus.HEALTHY);
        network.freeze();

        var waiting = Caller.start(() -> value(backend, READ, "SELECT 1"));

        assertThat(waiting.failure()).isInstanceOf(ConnectionFailed.class);
        network.thaw();
        awaitUsable(backend);
        assertThat(value(backend, READ, "SELECT 1")).isEqualTo("1");
    }

    @Test
    void a_server_that_is_not_there_yet_is_used_as_soon_as_it_is() {
        network.refuse();
        Backend backend = open(PATIENT);
        assertThatExceptionOfType(ConnectionFailed.class).isThrownBy(() -> value(backend, READ, "SELECT 1"));
        assertThat(backend.health().heartbeat().lastGood()).isNull();

        network.accept();

        awaitUsable(backend);
        assertThat(value(backend, READ, "SELECT 1")).isEqualTo("1");
    }

    @Test
    void a_server_that_never_answers_fails_the_first_callers_before_there_is_a_verdict() {
        network.freeze();
        Backend backend = open(PATIENT);

        assertThatExceptionOfType(ConnectionFailed.class)
                .isThrownBy(() -> value(backend, READ, "SELECT 1"))
                .withMessageContaining("pool 'primary': ");
        assertThat(backend.health().heartbeat().status()).isEqualTo(HealthStatus.UNHEALTHY);
    }

    @Test
    void a_heartbeat_that_loses_nothing_but_its_connection_takes_another_one_and_so_does_the_pool() throws Exception {
        Backend backend = database.open(database.url(), PATIENT, listener());
        Instant connected = awaitStatus(backend, HealthStatus.HEALTHY).connectedSince();
        String inPool = value(backend, READ, "SELECT pg_backend_pid()");
        String process = database.single("SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                + " AND application_name = 'basalt-heartbeat'");

        database.terminate(Long.parseLong(process));

        await().until(() -> {
            Instant since = backend.health().heartbeat().connectedSince();
            return since != null && since.isAfter(Objects.requireNonNull(connected));
        });
        await().untilAsserted(() ->
                assertThat(value(backend, READ, "SELECT pg_backend_pid()")).isNotEqualTo(inPool));
        assertThat(told).containsExactly(HealthStatus.HEALTHY);
    }

    @Test
    void a_role_that_is_refused_is_let_in_as_soon_as_its_password_is_right() {
        String role = database.createRole();
        database.execute("ALTER ROLE " + role + " PASSWORD 'another'");
        Backend backend = database.open(database.url(role), PATIENT);
        assertThatExceptionOfType(AuthenticationFailed.class).isThrownBy(() -> value(backend, READ, "SELECT 1"));
        assertThat(backend.health().heartbeat().failure()).isInstanceOf(AuthenticationFailed.class);

        database.execute("ALTER ROLE " + role + " PASSWORD '" + role + "'");

        awaitUsable(backend);
        assertThat(value(backend, READ, "SELECT current_user")).isEqualTo(role);
    }

    @Test
    void a_database_that_turns_read_only_is_degraded_until_it_takes_writes_again() {
        database.execute("CREATE TABLE item (id BIGINT)");
        database.execute("CREATE TABLE basalt_probe (id TEXT PRIMARY KEY, payload TEXT NOT NULL)");
        Backend backend = open(PATIENT);
        awaitStatus(backend, HealthStatus.HEALTHY);
        write(backend);

        setReadOnly("on");
        backend.pool().replaceConnections();
        await().untilAsserted(() -> assertThatExceptionOfType(ReadOnly.class).isThrownBy(() -> write(backend)));

        assertThat(backend.health().heartbeat().failure()).isInstanceOf(ReadOnly.class);
        assertThat(backend.health().heartbeat().status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(value(backend, READ, "SELECT count(*) > 0 FROM item")).isEqualTo("t");
        awaitBeats(backend, 5);
        assertThat(backend.health().heartbeat().status())
                .as("the heartbeat's own writes are refused as well")
                .isEqualTo(HealthStatus.DEGRADED);
        assertThat(backend.health()
                        .probe(ProbeDepth.DEEP, Duration.ofSeconds(20))
                        .status())
                .isEqualTo(HealthStatus.DEGRADED);

        setReadOnly("off");

        awaitStatus(backend, HealthStatus.HEALTHY);
        write(backend);
    }

    @Test
    void a_database_that_turns_read_only_and_ends_its_sessions_is_degraded_before_anybody_writes() {
        database.execute("CREATE TABLE item (id BIGINT)");
        database.execute("CREATE TABLE basalt_probe (id TEXT PRIMARY KEY, payload TEXT NOT NULL)");
        Backend backend = open(PATIENT);
        awaitStatus(backend, HealthStatus.HEALTHY);
        write(backend);

        setReadOnly("on");
        database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid()");

        assertThat(awaitStatus(backend, HealthStatus.DEGRADED).failure()).isInstanceOf(ReadOnly.class);
        assertThat(value(backend, READ, "SELECT count(*) FROM item")).isEqualTo("1");
        assertThatExceptionOfType(ReadOnly.class).isThrownBy(() -> write(backend));

        setReadOnly("off");

        await().ignoreException(ReadOnly.class).untilAsserted(() -> write(backend));
        awaitStatus(backend, HealthStatus.HEALTHY);
    }

    @Test
    void where_nothing_can_be_written_on_trial_read_only_sessions_are_left_by_themselves_as_well() {
        database.execute("CREATE TABLE item (id BIGINT)");
        Backend backend = open(PATIENT);
        awaitStatus(backend, HealthStatus.HEALTHY);

        setReadOnly("on");
        database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid()");

        assertThat(awaitStatus(backend, HealthStatus.DEGRADED).failure()).isInstanceOf(ReadOnly.class);
        assertThatExceptionOfType(ReadOnly.class).isThrownBy(() -> write(backend));

        setReadOnly("off");

        await().ignoreException(ReadOnly.class).untilAsserted(() -> write(backend));
        awaitStatus(backend, HealthStatus.HEALTHY);
    }

    @Test
    void a_database_that_never_took_writes_stays_well_when_the_heartbeat_loses_its_connection() throws Exception {
        setReadOnly("on");
        Backend backend = open(PATIENT);
        Heartbeat well = awaitStatus(backend, HealthStatus.HEALTHY);

        database.terminate(
                Long.parseLong(database.single("SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND application_name = 'basalt-heartbeat'")));

        await().until(() -> {
            Instant since = backend.health().heartbeat().connectedSince();
            return since != null && !since.equals(well.connectedSince());
        });
        awaitBeats(backend, 10);
        assertThat(told).containsExactly(HealthStatus.HEALTHY);
        assertThat(value(backend, READ, "SELECT 1")).isEqualTo("1");
    }

    /** For sessions that begin from now on. */
    private void setReadOnly(String onOrOff) {
        database.server()
                .execute(
                        "postgres",
                        "ALTER DATABASE " + database.name() + " SET default_transaction_read_only = " + onOrOff);
    }

    private static void awaitBeats(Backend backend, int count) {
        for (int i = 0; i < count; i++) {
            Instant last = backend.health().heartbeat().lastGood();
            await().until(() ->
                    !Objects.equals(last, backend.health().heartbeat().lastGood()));
        }
    }

    private static void write(Backend backend) {
        backend.transactions().inTransaction(WRITE, t -> session(backend).update("INSERT INTO item VALUES (1)"));
    }

    private Backend open(PoolSettings limits) {
        return distant.open(limits, CLOSELY, listener());
    }

    private BackendListener listener() {
        return new BackendListener() {
            @Override
            public void healthChanged(String pool, Heartbeat heartbeat) {
                told.add(heartbeat.status());
            }
        };
    }
}

package dev.basalt.contract;

import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.PoolExhausted;
import dev.basalt.domain.failure.DatabaseFailure.ReadOnly;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.Heartbeat;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the heartbeat of a database that can be reached says. How it notices that one cannot be is for each adapter to prove,
 * with faults of its own.
 */
@Timeout(120)
public abstract class HeartbeatContract {

    private final TestDatabase database;
    private final BackendFixture fixture;
    private final Changes changes = new Changes();

    protected HeartbeatContract(TestDatabase database) {
        this.database = database;
        this.fixture = new BackendFixture(database);
    }

    @BeforeEach
    void be_patient() {
        Awaitility.setDefaultTimeout(Caller.PATIENCE);
    }

    @AfterEach
    void close_the_backends() {
        fixture.close();
        Awaitility.reset();
    }

    @Test
    void a_database_that_answers_is_healthy() {
        Instant before = Instant.now();
        Backend backend = fixture.open(Limits.connections(2), changes);

        Heartbeat heartbeat = awaitStatus(backend, HealthStatus.HEALTHY);

        assertThat(heartbeat.usable()).isTrue();
        assertThat(heartbeat.failure()).isNull();
        assertThat(heartbeat.since()).isBetween(before, Instant.now());
        assertThat(heartbeat.connectedSince()).isBetween(before, Instant.now());
        assertThat(heartbeat.lastGood()).isBetween(before, Instant.now());
        assertThat(heartbeat.roundTrip()).isPositive();
        assertThat(heartbeat.errorCount()).isZero();
        assertThat(changes.told).containsExactly(HealthStatus.HEALTHY);
    }

    @Test
    void it_goes_on_beating_and_tells_of_no_change_that_there_is_not() {
        Backend backend = fixture.open(Limits.connections(2), changes);
        Heartbeat first = awaitStatus(backend, HealthStatus.HEALTHY);

        awaitBeats(backend, 2);

        assertThat(backend.health().heartbeat().since()).isEqualTo(first.since());
        assertThat(backend.health().heartbeat().connectedSince()).isEqualTo(first.connectedSince());
        assertThat(changes.told).containsExactly(HealthStatus.HEALTHY);
    }

    @Test
    void its_connection_is_not_one_of_the_pool() {
        Backend backend = fixture.open(PoolSettings.DEFAULTS.withConnections(2, 0));
        awaitStatus(backend, HealthStatus.HEALTHY);

        assertThat(backend.pool().stats().total()).isZero();
        assertThat(backend.pool().stats().created()).isZero();
    }

    @Test
    void what_a_listener_throws_stops_nothing() {
        Backend backend = fixture.open(Limits.connections(2), new BackendListener() {
            @Override
            public void healthChanged(String pool, Heartbeat heartbeat) {
                throw new IllegalStateException("told of " + heartbeat.status());
            }
        });

        awaitStatus(backend, HealthStatus.HEALTHY);
        awaitBeats(backend, 2);
        assertThat(fixture.readNumber(backend, "SELECT 1")).isOne();
    }

    @Test
    void what_another_database_refuses_says_nothing_of_this_one() {
        Backend backend = fixture.open(Limits.connections(2));
        fixture.write(backend, "CREATE TABLE item (id BIGINT)");
        awaitStatus(backend, HealthStatus.HEALTHY);

        try (var elsewhere = new BackendFixture(database, "elsewhere")) {
            Backend other = elsewhere.open(Limits.connections(2));
            elsewhere.write(other, "CREATE TABLE item (id BIGINT)");
            assertThatExceptionOfType(ReadOnly.class)
                    .isThrownBy(() -> backend.transactions().inTransaction(WRITE, transaction -> {
                        elsewhere.write(other, database.refuseWrites(), "INSERT INTO item VALUES (99)");
                        return true;
                    }))
                    .satisfies(failure -> assertThat(failure.pool()).isEqualTo("elsewhere"));

            assertThat(other.health().heartbeat().failure()).isInstanceOf(ReadOnly.class);
            assertThat(backend.health().heartbeat().failure() instanceof ReadOnly)
                    .isFalse();
        }
    }

    @Test
    void a_refused_write_degrades_until_a_caller_has_written() {
        Backend backend = fixture.open(Limits.connections(2), changes);
        fixture.write(backend, "CREATE TABLE item (id BIGINT)");
        awaitStatus(backend, HealthStatus.HEALTHY);

        assertThatExceptionOfType(ReadOnly.class).isThrownBy(() -> writeRefused(backend));

        Heartbeat degraded = backend.health().heartbeat();
        assertThat(degraded.status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(degraded.failure()).isInstanceOf(ReadOnly.class);
        assertThat(fixture.readNumber(backend, "SELECT count(*) FROM item"))
                .as("reads go on")
                .isZero();
        backend.transactions().inTransaction(WRITE, transaction -> database.query(backend, "SELECT 1"));
        awaitBeats(backend, 4);
        assertThat(backend.health().heartbeat().status())
                .as("a transaction that might have written but did not")
                .isEqualTo(HealthStatus.DEGRADED);

        fixture.write(backend, "INSERT INTO item VALUES (1)");

        awaitStatus(backend, HealthStatus.HEALTHY);
        assertThat(changes.told).containsExactly(HealthStatus.HEALTHY, HealthStatus.DEGRADED, HealthStatus.HEALTHY);
    }

    @Test
    void a_refused_write_of_a_transaction_that_only_reads_is_the_callers_own_fault() {
        Backend backend = fixture.open(Limits.connections(2), changes);
        fixture.write(backend, "CREATE TABLE item (id BIGINT)");
        awaitStatus(backend, HealthStatus.HEALTHY);

        assertThatExceptionOfType(ReadOnly.class)
                .isThrownBy(() -> backend.transactions()
                        .inTransaction(READ, transaction -> database.execute(backend, "INSERT INTO item VALUES (1)")));

        awaitBeats(backend, 2);
        assertThat(changes.told).containsExactly(HealthStatus.HEALTHY);
        assertThat(backend.pool().stats().closed().values())
                .as("no connection was closed for it")
                .containsOnly(0L);
    }

    @Test
    void where_there_is_a_probe_table_the_heartbeat_itself_finds_out_that_writes_are_taken_again() {
        Backend backend = fixture.open(Limits.connections(2), changes);
        fixture.write(
                backend,
                "CREATE TABLE item (id BIGINT)",
                "CREATE TABLE basalt_probe (id TEXT PRIMARY KEY, payload TEXT NOT NULL)");
        awaitStatus(backend, HealthStatus.HEALTHY);

        assertThatExceptionOfType(ReadOnly.class).isThrownBy(() -> writeRefused(backend));

        awaitStatus(backend, HealthStatus.HEALTHY);
        assertThat(changes.told).containsExactly(HealthStatus.HEALTHY, HealthStatus.DEGRADED, HealthStatus.HEALTHY);
        assertThat(fixture.readNumber(backend, "SELECT count(*) FROM basalt_probe"))
                .isZero();
        fixture.write(backend, "INSERT INTO item VALUES (1)");
    }

    @Test
    void callers_that_keep_waiting_for_connections_degrade_until_nobody_waits() throws InterruptedException {
        Backend backend = fixture.open(Limits.connections(1), changes);
        awaitStatus(backend, HealthStatus.HEALTHY);
        Caller<Long> caller;

        try (var _ = Occupants.enter(database, backend, 1)) {
            caller = Caller.start(() -> fixture.readNumber(backend, "SELECT 1"));
            Heartbeat degraded = awaitStatus(backend, HealthStatus.DEGRADED);
            assertThat(degraded.failure()).isInstanceOf(PoolExhausted.class);
            awaitBeats(backend, 3);
            assertThat(backend.health().heartbeat().status()).isEqualTo(HealthStatus.DEGRADED);
        }

        assertThat(caller.answer()).as("it was not sent away").isOne();
        awaitStatus(backend, HealthStatus.HEALTHY);
        assertThat(changes.told).containsExactly(HealthStatus.HEALTHY, HealthStatus.DEGRADED, HealthStatus.HEALTHY);
    }

    @Test
    void a_closed_backend_is_unhealthy_and_nobody_is_told() {
        Backend backend = fixture.open(Limits.connections(2), changes);
        awaitStatus(backend, HealthStatus.HEALTHY);

        backend.close();

        Heartbeat closed = backend.health().heartbeat();
        assertThat(closed.status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(closed.failure()).isInstanceOf(ConnectionFailed.class);
        assertThat(closed.connectedSince()).isNull();
        assertThat(changes.told).containsExactly(HealthStatus.HEALTHY);
    }

    @Test
    void its_threads_end_with_the_backend() {
        var settings = new DatabaseSettings("threads", database.create(), Limits.connections(2));
        try (Backend backend = database.provider().open(settings, BackendListener.NONE)) {
            awaitStatus(backend, HealthStatus.HEALTHY);
            assertThat(threads()).isNotEmpty().allMatch(Thread::isDaemon);
        }

        await().until(() -> threads().isEmpty());
    }

    private static List<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("basalt-threads-"))
                .toList();
    }

    private void writeRefused(Backend backend) {
        fixture.write(backend, database.refuseWrites(), "INSERT INTO item VALUES (99)");
    }

    private static Heartbeat awaitStatus(Backend backend, HealthStatus status) {
        return await("the heartbeat says " + status)
                .until(() -> backend.health().heartbeat(), heartbeat -> heartbeat.status() == status);
    }

    private static void awaitBeats(Backend backend, int beats) {
        for (int beat = 0; beat < beats; beat++) {
            Instant last = Objects.requireNonNull(backend.health().heartbeat().lastGood());
            await().until(() -> Objects.requireNonNull(
                            backend.health().heartbeat().lastGood())
                    .isAfter(last));
        }
    }

    private static final class Changes implements BackendListener {
        private final List<HealthStatus> told = new CopyOnWriteArrayList<>();

        @Override
        public void healthChanged(String pool, Heartbeat heartbeat) {
            told.add(heartbeat.status());
        }
    }
}

package dev.basalt.adapters.postgres;

import static dev.basalt.adapters.postgres.DistantDatabase.awaitStatus;
import static dev.basalt.adapters.postgres.OwnDatabase.session;
import static dev.basalt.adapters.postgres.OwnDatabase.value;
import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.basalt.contract.Caller;
import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.ReadOnly;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.Heartbeat;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.HealthSettings;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That reads go on over a replica while the primary takes connections and says nothing, and writes fail soon. */
@Timeout(180)
final class PostgresFrozenPrimaryTest {

    private final ReplicatedServers servers = new ReplicatedServers();
    private final FaultyNetwork network = new FaultyNetwork(servers.primary().server());
    private final CopyOnWriteArrayList<HealthStatus> told = new CopyOnWriteArrayList<>();
    private final Backend backend = open();

    @BeforeEach
    void make_the_tables() {
        Awaitility.setDefaultTimeout(Caller.PATIENCE);
        servers.primary()
                .execute(
                        "CREATE TABLE item (id BIGINT)",
                        "CREATE TABLE basalt_probe (id TEXT PRIMARY KEY, payload TEXT NOT NULL)");
        servers.awaitReplication();
        awaitStatus(backend, HealthStatus.HEALTHY);
        insert();
        assertThat(value(backend, READ, "SELECT pg_is_in_recovery()")).isEqualTo("t");
    }

    @AfterEach
    void close() {
        network.thaw();
        backend.close();
        network.close();
        servers.close();
        Awaitility.reset();
    }

    @Test
    void reads_never_fail_and_writes_are_refused_until_it_thaws_however_often_it_freezes() throws Exception {
        var stop = new CountDownLatch(1);
        var reads = new AtomicInteger();
        var reader = Caller.start(() -> readUntil(stop, reads));
        for (int time = 0; time < 2; time++) {
            told.clear();

            network.freeze();

            assertThat(awaitRefusal().status()).isEqualTo(HealthStatus.DEGRADED);
            assertThatExceptionOfType(ReadOnly.class)
                    .isThrownBy(this::insert)
                    .withMessageContaining("no server that takes writes answers");
            int before = reads.get();
            await().until(() -> reads.get() > before);

            network.thaw();

            awaitInsert();
            awaitStatus(backend, HealthStatus.HEALTHY);
            assertThat(told).isNotEmpty().doesNotContain(HealthStatus.UNHEALTHY);
        }
        stop.countDown();
        assertThat(reader.answer()).isTrue();
        assertThat(value(backend, WRITE, "SELECT pg_is_in_recovery()")).isEqualTo("f");
    }

    @Test
    void who_hangs_on_it_is_let_go_while_readers_keep_their_connections() throws Exception {
        var both = new CountDownLatch(2);
        var frozen = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var writing = Caller.start(() -> backend.transactions().inTransaction(WRITE, _ -> {
            both.countDown();
            frozen.await();
            return session(backend).update("INSERT INTO item VALUES (1)");
        }));
        var reading = Caller.start(() -> backend.transactions().inTransaction(READ, _ -> {
            both.countDown();
            leave.await();
            return session(backend).query("SELECT count(*) FROM item", row -> row.getString(1));
        }));
        assertThat(both.await(30, TimeUnit.SECONDS)).isTrue();

        network.freeze();
        frozen.countDown();

        assertThat(writing.failure()).isInstanceOf(ConnectionFailed.class);
        leave.countDown();
        assertThat(reading.answer()).isEqualTo(List.of("1"));
    }

    @Test
    void readers_that_fell_back_on_it_are_let_go_and_read_from_the_replica_that_is_back() throws Exception {
        servers.replica().crash();
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(value(backend, READ, "SELECT pg_is_in_recovery()"))
                        .isEqualTo("f"));
        var both = new CyclicBarrier(3);
        var frozen = new CountDownLatch(1);
        var back = new CountDownLatch(1);
        var hanging = Caller.start(() -> backend.transactions().inTransaction(READ, _ -> {
            both.await(30, TimeUnit.SECONDS);
            while (!frozen.await(1, TimeUnit.SECONDS)) {
                // Or the server would end a transaction that does nothing for long.
                value(backend, READ, "SELECT 1");
            }
            return value(backend, READ, "SELECT count(*) FROM item");
        }));
        var leaving = Caller.start(() -> backend.transactions().inTransaction(READ, _ -> {
            both.await(30, TimeUnit.SECONDS);
            while (!back.await(1, TimeUnit.SECONDS)) {
                value(backend, READ, "SELECT 1");
            }
            return value(backend, READ, "SELECT pg_is_in_recovery()");
        }));
        both.await(30, TimeUnit.SECONDS);
        servers.replica().start();
        servers.awaitReplication();
        back.countDown();
        assertThat(leaving.answer()).as("idle from now on").isEqualTo("f");

        network.freeze();
        frozen.countDown();

        assertThat(hanging.failure()).isInstanceOf(ConnectionFailed.class);
        assertThat(value(backend, READ, "SELECT pg_is_in_recovery()")).isEqualTo("t");
    }

    @Test
    void writes_are_back_also_where_nothing_can_be_written_on_trial() {
        servers.primary().execute("DROP TABLE basalt_probe");

        network.freeze();
        awaitRefusal();
        network.thaw();

        awaitInsert();
        awaitStatus(backend, HealthStatus.HEALTHY);
    }

    @Test
    void writes_are_back_also_where_the_table_for_trials_cannot_be_used() {
        servers.primary()
                .execute(
                        "CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS "
                                + "$$BEGIN RAISE insufficient_privilege; END$$",
                        "CREATE TRIGGER no BEFORE INSERT ON basalt_probe EXECUTE FUNCTION no()");

        network.freeze();
        awaitRefusal();
        network.thaw();

        awaitInsert();
        awaitStatus(backend, HealthStatus.HEALTHY);
    }

    private boolean readUntil(CountDownLatch stop, AtomicInteger reads) throws InterruptedException {
        while (!stop.await(5, TimeUnit.MILLISECONDS)) {
            value(backend, READ, "SELECT count(*) FROM item");
            reads.incrementAndGet();
        }
        return true;
    }

    private Heartbeat awaitRefusal() {
        return await().until(() -> backend.health().heartbeat(), heartbeat -> heartbeat.failure() instanceof ReadOnly);
    }

    private void awaitInsert() {
        await().ignoreExceptions().untilAsserted(this::insert);
    }

    private void insert() {
        backend.transactions().inTransaction(WRITE, _ -> session(backend).update("INSERT INTO item VALUES (1)"));
        servers.awaitReplication();
    }

    private Backend open() {
        var settings = new DatabaseSettings(
                "primary",
                new DatabaseUrl(servers.url(network.port(), servers.replica().port())),
                Limits.connections(2),
                new HealthSettings(Duration.ofMillis(50), Duration.ofSeconds(9)),
                Map.of(),
                Map.of());
        return new PostgresBackendProvider().open(settings, new BackendListener() {
            @Override
            public void healthChanged(String pool, Heartbeat heartbeat) {
                told.add(heartbeat.status());
            }
        });
    }
}

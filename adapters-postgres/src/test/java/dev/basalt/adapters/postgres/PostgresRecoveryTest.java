package dev.basalt.adapters.postgres;

import static dev.basalt.adapters.postgres.DistantDatabase.CLOSELY;
import static dev.basalt.adapters.postgres.DistantDatabase.awaitUsable;
import static dev.basalt.adapters.postgres.OwnDatabase.processHere;
import static dev.basalt.adapters.postgres.OwnDatabase.session;
import static dev.basalt.adapters.postgres.OwnDatabase.value;
import static dev.basalt.adapters.postgres.OwnDatabase.valueHere;
import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.basalt.contract.Caller;
import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.OutcomeUnknown;
import dev.basalt.domain.failure.DatabaseFailure.TimedOut;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.pool.CloseReason;
import dev.basalt.domain.settings.HealthSettings;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.transaction.Nesting;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** That nobody hangs while a server is silent, and that nothing which hangs keeps callers waiting after that. */
@Timeout(180)
final class PostgresRecoveryTest {

    private static final Duration AGES = Duration.ofMinutes(10);

    @RegisterExtension
    private final DistantDatabase distant = new DistantDatabase();

    private final OwnDatabase database = distant.database();
    private final FaultyNetwork network = distant.network();

    @Test
    void callers_that_hang_in_a_statement_come_back_when_the_heartbeat_gives_the_server_up() {
        Backend backend = open(limits(2, 1), CLOSELY);
        awaitUsable(backend);
        var callers = IntStream.range(0, 2)
                .mapToObj(i -> Caller.start(() -> value(backend, WRITE, "SELECT pg_sleep(600)")))
                .toList();
        await().until(() -> backend.pool().holders().stream()
                        .filter(holder -> "SELECT pg_sleep(600)".equals(holder.statement()))
                        .count()
                == 2);

        network.freeze();

        assertThat(callers).allSatisfy(caller -> assertThat(caller.failure()).isInstanceOf(ConnectionFailed.class));
        assertUnused(backend);
        assertThat(backend.pool().stats().closed().get(CloseReason.FAULT)).isGreaterThanOrEqualTo(2);
        network.thaw();
        awaitUsable(backend);
        assertThat(value(backend, WRITE, "SELECT 1")).isEqualTo("1");
    }

    @Test
    void of_a_caller_that_hangs_in_its_commit_the_outcome_is_unknown() {
        database.execute("CREATE TABLE item (id BIGINT)");
        Backend backend = open(limits(2, 1), CLOSELY);
        awaitUsable(backend);

        assertThatExceptionOfType(OutcomeUnknown.class)
                .isThrownBy(() -> backend.transactions().inTransaction(WRITE, transaction -> {
                    session(backend).update("INSERT INTO item VALUES (1)");
                    network.freeze();
                    return true;
                }));

        assertUnused(backend);
    }

    @Test
    void who_was_not_yet_committing_when_the_connection_was_given_up_knows_that_nothing_was_committed()
            throws Exception {
        database.execute("CREATE TABLE item (id BIGINT)");
        Backend backend = open(limits(2, 1), CLOSELY);
        awaitUsable(backend);

        assertThatExceptionOfType(ConnectionFailed.class)
                .isThrownBy(() -> backend.transactions().inTransaction(WRITE, transaction -> {
                    session(backend).update("INSERT INTO item VALUES (1)");
                    network.freeze();
                    await().until(() -> !backend.health().heartbeat().usable());
                    assertThatExceptionOfType(ConnectionFailed.class).isThrownBy(() -> valueHere(backend, "SELECT 1"));
                    return true;
                }))
                .withMessageContaining("given up");

        assertUnused(backend);
        network.thaw();
        awaitUsable(backend);
        await().untilAsserted(() ->
                assertThat(database.single("SELECT count(*) FROM item")).isEqualTo("0"));
    }

    @Test
    void a_connection_that_began_to_be_opened_during_the_fault_keeps_nobody_waiting_after_it() {
        Backend backend = open(limits(2, 0), CLOSELY);
        awaitUsable(backend);
        network.freeze();
        var during = Caller.start(() -> value(backend, READ, "SELECT 1"));
        assertThat(during.failure()).isInstanceOf(ConnectionFailed.class);

        network.silence(0);
        network.thaw();

        awaitUsable(backend);
        assertThat(value(backend, READ, "SELECT 1")).isEqualTo("1");
    }

    @Test
    void idle_connections_that_died_in_silence_cost_a_caller_its_time_only_once() throws Exception {
        PoolSettings limits = Limits.connections(8, Duration.ofSeconds(6)).withConnections(8, 0);
        Backend backend = open(limits, CLOSELY);
        awaitUsable(backend);
        int heartbeat = network.taken();
        occupyAll(backend, 8);
        network.silence(heartbeat);

        // HikariCP does not look whether those are alive that were in use just now.
        await().pollDelay(Duration.ofMillis(700))
                .until(() -> backend.pool().stats().active() == 0);
        assertThat(value(backend, READ, "SELECT 1")).isEqualTo("1");

        assertThat(backend.health().heartbeat().status())
                .as("the heartbeat has lost nothing")
                .isEqualTo(HealthStatus.HEALTHY);
        await().until(() ->
                Objects.requireNonNull(backend.pool().stats().closed().get(CloseReason.FAULT)) >= 8);
    }

    @Test
    void a_transaction_whose_time_is_over_ends_though_nobody_answers_on_its_connection() {
        Backend backend = open(limits(2, 0), CLOSELY);
        awaitUsable(backend);
        int heartbeat = network.taken();

        assertThatExceptionOfType(TimedOut.class)
                .isThrownBy(() -> backend.transactions()
                        .inTransaction(WRITE.withTimeout(Duration.ofMillis(300)), transaction -> {
                            assertThat(valueHere(backend, "SELECT 1")).isEqualTo("1");
                            network.silence(heartbeat);
                            return valueHere(backend, "SELECT 2");
                        }));

        assertUnused(backend);
    }

    @Test
    void a_caller_that_loses_its_connection_has_the_heartbeat_look_at_its_own_soon() throws Exception {
        var seldom = new HealthSettings(Duration.ofSeconds(11), Duration.ofSeconds(2));
        Backend backend = open(limits(2, 1), seldom);
        awaitUsable(backend);
        Instant connected = backend.health().heartbeat().connectedSince();
        assertThat(seldom.wellInterval())
                .as("in its own time it would look too late")
                .isGreaterThan(Caller.PATIENCE);

        assertThatExceptionOfType(ConnectionFailed.class)
                .isThrownBy(() -> backend.transactions().inTransaction(WRITE, transaction -> {
                    String process = database.single("SELECT pid FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND application_name = 'basalt-heartbeat'");
                    database.terminate(Long.parseLong(process));
                    database.terminate(processHere(backend));
                    return valueHere(backend, "SELECT 1");
                }));

        await().until(() ->
                !Objects.equals(connected, backend.health().heartbeat().connectedSince()));
        assertThat(value(backend, WRITE, "SELECT 1")).isEqualTo("1");
    }

    @Test
    void work_that_goes_on_without_its_connection_fails_as_whoever_lost_one() {
        Backend backend = open(limits(1, 1), CLOSELY);
        awaitUsable(backend);

        assertThatExceptionOfType(ConnectionFailed.class)
                .as("at its commit")
                .isThrownBy(() -> backend.transactions().inTransaction(WRITE, transaction -> {
                    loseConnection(backend);
                    return true;
                }));
        assertThatExceptionOfType(ConnectionFailed.class)
                .as("at its next statement")
                .isThrownBy(() -> backend.transactions().inTransaction(WRITE, transaction -> {
                    loseConnection(backend);
                    return valueHere(backend, "SELECT 2");
                }));
        assertThatExceptionOfType(ConnectionFailed.class)
                .as("at a savepoint's end")
                .isThrownBy(() -> backend.transactions()
                        .inTransaction(
                                WRITE,
                                outer -> backend.transactions()
                                        .inTransaction(WRITE.withNesting(Nesting.SAVEPOINT), inner -> {
                                            loseConnection(backend);
                                            return true;
                                        })));

        assertThat(value(backend, WRITE, "SELECT 1")).isEqualTo("1");
    }

    private void loseConnection(Backend backend) {
        database.terminate(processHere(backend));
        assertThatExceptionOfType(ConnectionFailed.class).isThrownBy(() -> valueHere(backend, "SELECT 1"));
    }

    /** Has every connection used, at the same time. */
    private static void occupyAll(Backend backend, int count) {
        var all = new CyclicBarrier(count);
        var left = new CountDownLatch(count);
        var callers = IntStream.range(0, count)
                .mapToObj(i -> Caller.start(() -> backend.transactions().inTransaction(READ, transaction -> {
                    all.await(20, TimeUnit.SECONDS);
                    left.countDown();
                    return valueHere(backend, "SELECT 1");
                })))
                .toList();
        assertThat(callers).extracting(Caller::answer).containsOnly("1");
        assertThat(left.getCount()).isZero();
    }

    private static void assertUnused(Backend backend) {
        await().until(() ->
                backend.pool().stats().active() == 0 && backend.pool().holders().isEmpty());
    }

    /** Callers wait for ages for a connection, and the driver for a server: whoever comes back does so for another reason. */
    private static PoolSettings limits(int max, int min) {
        PoolSettings defaults = PoolSettings.DEFAULTS;
        return new PoolSettings(
                max,
                min,
                AGES,
                defaults.idleTimeout(),
                defaults.maxLifetime(),
                AGES,
                AGES,
                defaults.statementCacheSize(),
                false);
    }

    private Backend open(PoolSettings limits, HealthSettings health) {
        return distant.open(limits, health, BackendListener.NONE);
    }
}

package dev.basalt.contract;

import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.pool.CloseReason;
import dev.basalt.ports.Backend;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a {@link Backend} closes while it is used, and how its connections are replaced while they are. */
@Timeout(120)
public abstract class ClosingContract {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final TestDatabase database;
    private final BackendFixture fixture;

    protected ClosingContract(TestDatabase database) {
        this.database = database;
        this.fixture = new BackendFixture(database);
    }

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    @Test
    void a_close_with_a_grace_lets_the_work_under_way_commit() throws InterruptedException {
        Backend backend = fixture.open(Limits.connections(2));
        fixture.write(backend, "CREATE TABLE item (id BIGINT)");
        var work = new Work(backend);

        Caller<Boolean> closer = closer(backend, LONG);
        await().until(() -> backend.pool().isClosed());
        assertThatExceptionOfType(ConnectionFailed.class)
                .as("a new caller")
                .isThrownBy(() -> fixture.readNumber(backend, "SELECT 1"))
                .withMessageContaining("'primary' is clos");
        assertThat(closer.isDone()).isFalse();
        work.end();

        assertThat(work.caller.answer()).isOne();
        assertThat(closer.answer()).isTrue();
        assertThat(backend.pool().stats().active()).isZero();
        if (database.durable()) {
            assertThat(fixture.readNumber(fixture.open(), "SELECT count(*) FROM item"))
                    .isOne();
        }
    }

    @Test
    void callers_that_wait_for_a_connection_fail_when_the_close_begins() throws InterruptedException {
        Backend backend = fixture.open(Limits.connections(1));
        fixture.write(backend, "CREATE TABLE item (id BIGINT)");
        var work = new Work(backend);
        var waiting = IntStream.range(0, 3)
                .mapToObj(i -> Caller.start(() -> {
                    fixture.write(backend, "INSERT INTO item VALUES (2)");
                    return true;
                }))
                .toList();
        await().until(() -> backend.pool().stats().waiting() == 3);

        Caller<Boolean> closer = closer(backend, LONG);

        assertThat(waiting).allSatisfy(caller -> assertThat(caller.failure()).isInstanceOf(ConnectionFailed.class));
        assertThat(closer.isDone()).isFalse();
        work.end();
        assertThat(work.caller.answer()).isOne();
        assertThat(closer.answer()).isTrue();
    }

    @Test
    void work_that_outlasts_the_grace_fails() throws InterruptedException {
        Backend backend = fixture.open(Limits.connections(2));
        fixture.write(backend, "CREATE TABLE item (id BIGINT)");
        var work = new Work(backend);

        backend.close(Duration.ofMillis(200));
        work.end();

        assertThat(work.caller.failure()).isInstanceOf(Exception.class);
        if (database.durable()) {
            assertThat(fixture.readNumber(fixture.open(), "SELECT count(*) FROM item"))
                    .isZero();
        }
    }

    @Test
    void a_second_close_cuts_the_first_ones_grace_short() throws InterruptedException {
        Backend backend = fixture.open(Limits.connections(2));
        fixture.write(backend, "CREATE TABLE item (id BIGINT)");
        var work = new Work(backend);
        Caller<Boolean> closer = closer(backend, LONG);
        await().until(() -> backend.pool().isClosed());

        backend.close(Duration.ZERO);

        assertThat(closer.answer()).isTrue();
        work.end();
        assertThat(work.caller.failure()).isInstanceOf(Exception.class);
    }

    @Test
    void a_backend_that_nobody_uses_closes_without_waiting_for_its_grace_to_end() {
        Backend backend = fixture.open(Limits.connections(2));
        assertThat(fixture.readNumber(backend, "SELECT 1")).isOne();

        assertThat(closer(backend, Duration.ofDays(365)).answer()).isTrue();
    }

    @Test
    void replacing_every_connection_fails_no_caller() {
        Backend backend = fixture.open(Limits.connections(4));
        fixture.write(backend, "CREATE TABLE counter (n BIGINT)", "INSERT INTO counter VALUES (0)");
        var over = new AtomicBoolean();
        var callers = IntStream.range(0, 8)
                .mapToObj(number -> Caller.start(() -> use(backend, number, over)))
                .toList();

        for (int replaced = 1; replaced <= 5; replaced++) {
            backend.pool().replaceConnections();
            long least = replaced;
            await().until(() -> closed(backend, CloseReason.REPLACED) >= least);
        }
        over.set(true);

        long turns = callers.stream().mapToLong(Caller::answer).sum();
        assertThat(turns).isPositive();
        assertThat(closed(backend, CloseReason.FAULT)).isZero();
        assertThat(fixture.readNumber(backend, "SELECT n FROM counter")).isPositive();
    }

    @Test
    void a_connection_in_use_is_replaced_when_it_is_given_back() throws InterruptedException {
        Backend backend = fixture.open(Limits.connections(1));

        try (var _ = Occupants.enter(database, backend, 1)) {
            long before = closed(backend, CloseReason.REPLACED);
            backend.pool().replaceConnections();
            assertThat(backend.pool().stats().active()).isOne();
            assertThat(before).isZero();
        }

        await().until(() -> closed(backend, CloseReason.REPLACED) >= 1);
        assertThat(fixture.readNumber(backend, "SELECT 1")).isOne();
    }

    private static long closed(Backend backend, CloseReason reason) {
        return backend.pool().stats().closed().getOrDefault(reason, 0L);
    }

    /** Writes and reads until it is over; returns how often. */
    private long use(Backend backend, int number, AtomicBoolean over) {
        long turns = 0;
        do {
            if (number == 0) {
                fixture.write(backend, "UPDATE counter SET n = n + 1");
            } else {
                assertThat(fixture.readNumber(backend, "SELECT n FROM counter")).isNotNegative();
            }
            turns++;
        } while (!over.get());
        return turns;
    }

    private static Caller<Boolean> closer(Backend backend, Duration grace) {
        return Caller.start(() -> {
            backend.close(grace);
            return true;
        });
    }

    /** A transaction that has written, and commits when it is told to. */
    private final class Work {
        private final CountDownLatch end = new CountDownLatch(1);
        private final Caller<Integer> caller;

        Work(Backend backend) throws InterruptedException {
            var begun = new CountDownLatch(1);
            caller = Caller.start(() -> backend.transactions().inTransaction(WRITE, transaction -> {
                int written = database.execute(backend, "INSERT INTO item VALUES (1)");
                begun.countDown();
                end.await();
                return written;
            }));
            assertThat(begun.await(Caller.PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                    .isTrue();
        }

        void end() {
            end.countDown();
        }
    }
}

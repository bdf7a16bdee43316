package dev.basalt.contract;

import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.PoolExhausted;
import dev.basalt.domain.pool.PoolStats;
import dev.basalt.domain.pool.RoleStats;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.ports.Backend;
import dev.basalt.ports.ConnectionPool;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the callers of a {@link ConnectionPool} queue for its connections, and that nothing leaks while they do. */
@Timeout(120)
public abstract class PoolQueueContract {

    private static final Duration ACQUIRE_TIMEOUT = Duration.ofMillis(500);

    /** What a clock of another resolution may take off a wait. */
    private static final Duration CLOCK = Duration.ofMillis(20);

    private final TestDatabase database;
    private final BackendFixture fixture;

    protected PoolQueueContract(TestDatabase database) {
        this.database = database;
        this.fixture = new BackendFixture(database);
    }

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    @Test
    void a_full_pool_fails_after_the_acquire_timeout() throws InterruptedException {
        Backend backend = fixture.open(Limits.connections(2, ACQUIRE_TIMEOUT));

        try (var _ = Occupants.enter(database, backend, 2)) {
            long begin = System.nanoTime();
            assertThatExceptionOfType(PoolExhausted.class)
                    .isThrownBy(() -> fixture.readNumber(backend, "SELECT 1"))
                    .satisfies(failure -> {
                        assertThat(failure.waited())
                                .isBetween(ACQUIRE_TIMEOUT.minus(CLOCK), ACQUIRE_TIMEOUT.plusSeconds(10));
                        assertThat(failure).hasMessageContaining(DatabaseSettings.PRIMARY);
                        assertThat(failure.retryable()).isFalse();
                    });
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(ACQUIRE_TIMEOUT.minus(CLOCK), ACQUIRE_TIMEOUT.plusSeconds(10));
        }
        assertThat(fixture.readNumber(backend, "SELECT 1")).isOne();
    }

    @Test
    void callers_that_give_up_are_counted_with_the_time_that_they_waited() throws InterruptedException {
        Backend backend = fixture.open(Limits.connections(1, ACQUIRE_TIMEOUT));

        try (var _ = Occupants.enter(database, backend, 1)) {
            var callers = startReaders(backend, 3);
            assertThat(callers)
                    .extracting(Caller::failure)
                    .allSatisfy(failure -> assertThat(failure).isInstanceOf(PoolExhausted.class));
        }

        PoolStats stats = backend.pool().stats();
        assertThat(stats.timeouts()).isEqualTo(3);
        assertThat(stats.waits()).isEqualTo(3);
        assertThat(stats.waited())
                .isGreaterThanOrEqualTo(ACQUIRE_TIMEOUT.minus(CLOCK).multipliedBy(3));
        awaitUnused(backend.pool());
    }

    @Test
    void a_caller_that_gets_its_turn_is_counted_as_one_that_waited() throws InterruptedException {
        Backend backend = fixture.open(Limits.connections(1));
        Caller<Long> caller;

        try (var _ = Occupants.enter(database, backend, 1)) {
            caller = startReaders(backend, 1).getFirst();
            await().until(() -> backend.pool().stats().waiting() == 1);
            assertThat(backend.pool().stats().active()).isOne();
        }

        assertThat(caller.answer()).isOne();
        PoolStats stats = backend.pool().stats();
        assertThat(stats.waits()).isOne();
        assertThat(stats.waited()).isPositive();
        assertThat(stats.timeouts()).isZero();
        awaitUnused(backend.pool());
    }

    @Test
    void callers_are_served_in_the_order_in_which_they_came() throws InterruptedException {
        Backend backend = fixture.open(Limits.connections(1));
        List<Integer> served = Collections.synchronizedList(new ArrayList<>());
        var callers = new ArrayList<Caller<Boolean>>();

        try (var _ = Occupants.enter(database, backend, 1)) {
            for (int i = 0; i < 12; i++) {
                int number = i;
                callers.add(Caller.start(
                        () -> backend.transactions().inTransaction(READ, transaction -> served.add(number))));
                await().until(() -> backend.pool().stats().waiting() == number + 1);
            }
        }

        assertThat(callers).allSatisfy(caller -> assertThat(caller.answer()).isTrue());
        assertThat(served)
                .containsExactlyElementsOf(IntStream.range(0, 12).boxed().toList());
    }

    @Test
    void a_waiting_caller_that_is_interrupted_fails_and_leaks_nothing() throws InterruptedException {
        Backend backend = fixture.open(Limits.connections(1));

        try (var _ = Occupants.enter(database, backend, 1)) {
            Caller<Boolean> caller = Caller.start(() -> {
                assertThatExceptionOfType(ConnectionFailed.class)
                        .isThrownBy(() -> fixture.readNumber(backend, "SELECT 1"));
                return Thread.currentThread().isInterrupted();
            });
            await().until(() -> backend.pool().stats().waiting() == 1);
            caller.interrupt();

            assertThat(caller.answer()).as("the caller stays interrupted").isTrue();
            await().until(() -> backend.pool().stats().waiting() == 0);
        }

        assertThat(backend.pool().stats().timeouts()).isZero();
        awaitUnused(backend.pool());
        assertThat(fixture.readNumber(backend, "SELECT 1")).isOne();
    }

    @Test
    void nothing_leaks_whatever_the_callers_of_a_small_pool_do() {
        Backend backend = fixture.open(Limits.connections(4));
        fixture.write(backend, "CREATE TABLE item (id BIGINT PRIMARY KEY)");
        var inside = new AtomicInteger();
        var peak = new AtomicInteger();

        var callers = IntStream.range(0, 64)
                .mapToObj(number -> Caller.start(() -> {
                    for (int turn = 0; turn < 5; turn++) {
                        useOrFail(backend, number, turn, inside, peak);
                    }
                    return true;
                }))
                .toList();

        assertThat(callers).allSatisfy(caller -> assertThat(caller.answer()).isTrue());
        awaitUnused(backend.pool());
        assertThat(peak.get()).isBetween(1, most(backend));
        assertThat(backend.pool().stats().total()).isBetween(1, most(backend));
        assertThat(backend.pool().stats().timeouts()).isZero();
        assertThat(fixture.readNumber(backend, "SELECT count(*) FROM item")).isEqualTo(64);
    }

    /** The connections that there may be, a writer on top of the readers included. */
    private static int most(Backend backend) {
        return backend.pool().stats().roles().stream().mapToInt(RoleStats::max).sum();
    }

    @Test
    void concurrent_writers_lose_nothing_and_see_no_failure() {
        Backend backend = fixture.open(Limits.connections(4));
        fixture.write(backend, "CREATE TABLE counter (n BIGINT NOT NULL)", "INSERT INTO counter VALUES (0)");

        var callers = IntStream.range(0, 32)
                .mapToObj(i -> Caller.start(() -> {
                    for (int turn = 0; turn < 10; turn++) {
                        fixture.write(backend, "UPDATE counter SET n = n + 1");
                    }
                    return true;
                }))
                .toList();

        assertThat(callers).allSatisfy(caller -> assertThat(caller.answer()).isTrue());
        assertThat(fixture.readNumber(backend, "SELECT n FROM counter")).isEqualTo(320);
        awaitUnused(backend.pool());
    }

    /** Writes in the first turn, then reads; every third caller fails in each of its turns that reads. */
    private void useOrFail(Backend backend, int number, int turn, AtomicInteger inside, AtomicInteger peak) {
        if (turn == 0) {
            backend.transactions().inTransaction(WRITE, transaction -> {
                peak.accumulateAndGet(inside.incrementAndGet(), Math::max);
                int inserted = database.execute(backend, "INSERT INTO item VALUES (" + number + ")");
                inside.decrementAndGet();
                return inserted;
            });
            return;
        }
        var problem = new IOException("caller " + number);
        try {
            backend.transactions().inTransaction(READ, transaction -> {
                peak.accumulateAndGet(inside.incrementAndGet(), Math::max);
                long found = fixture.number(backend, "SELECT count(*) FROM item WHERE id = " + number);
                inside.decrementAndGet();
                if (number % 3 == 0) {
                    throw problem;
                }
                return assertThat(found).isOne();
            });
            assertThat(number % 3).as("caller %d returned", number).isNotZero();
        } catch (IOException e) {
            assertThat(e).isSameAs(problem);
        }
    }

    private List<Caller<Long>> startReaders(Backend backend, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Caller.start(() -> fixture.readNumber(backend, "SELECT 1")))
                .toList();
    }

    private static void awaitUnused(ConnectionPool pool) {
        await().untilAsserted(() -> {
            assertThat(pool.stats().active()).isZero();
            assertThat(pool.stats().waiting()).isZero();
        });
    }
}

package dev.basalt.contract;

import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.pool.CloseReason;
import dev.basalt.domain.pool.PoolStats;
import dev.basalt.domain.pool.Role;
import dev.basalt.domain.pool.RoleStats;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import dev.basalt.ports.ConnectionPool;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a {@link ConnectionPool} reports and how it closes. How its callers queue is in {@link PoolQueueContract}.
 */
@Timeout(120)
public abstract class ConnectionPoolContract {

    private final TestDatabase database;
    private final BackendFixture fixture;

    protected ConnectionPoolContract(TestDatabase database) {
        this.database = database;
        this.fixture = new BackendFixture(database);
    }

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    @Test
    void a_fresh_pool_reports_that_nothing_is_used() {
        ConnectionPool pool = fixture.open(Limits.connections(3)).pool();

        await().untilAsserted(() -> {
            PoolStats stats = pool.stats();
            assertThat(stats.pool()).isEqualTo(pool.name()).isEqualTo(DatabaseSettings.PRIMARY);
            assertThat(stats.roles())
                    .allSatisfy(part -> assertThat(part.total()).isBetween(0, part.max()));
            assertThat(stats.active()).isZero();
            assertThat(stats.idle()).isEqualTo(stats.total());
            assertThat(stats.created()).isGreaterThanOrEqualTo(stats.total());
            assertThat(stats.utilization()).isZero();
        });
        PoolStats stats = pool.stats();
        assertThat(stats.waiting()).isZero();
        assertThat(stats.waits()).isZero();
        assertThat(stats.waited()).isZero();
        assertThat(stats.timeouts()).isZero();
        assertThat(stats.closed())
                .containsOnly(
                        entry(CloseReason.IDLE, 0L),
                        entry(CloseReason.LIFETIME, 0L),
                        entry(CloseReason.FAULT, 0L),
                        entry(CloseReason.REPLACED, 0L),
                        entry(CloseReason.SHUTDOWN, 0L));
        assertThat(pool.isClosed()).isFalse();
    }

    @Test
    void a_pool_is_one_shared_part_or_readers_and_a_writer_on_top() {
        PoolStats stats = fixture.open(Limits.connections(3)).pool().stats();

        assertThat(stats.max()).isEqualTo(3);
        if (stats.roles().size() == 1) {
            assertThat(stats.roles()).extracting(RoleStats::role).containsExactly(Role.SHARED);
        } else {
            assertThat(stats.roles()).extracting(RoleStats::role).containsExactlyInAnyOrder(Role.READER, Role.WRITER);
            assertThat(stats.roles()).extracting(RoleStats::max).containsExactlyInAnyOrder(3, 1);
        }
    }

    @Test
    void the_settings_are_the_given_ones() {
        var given = new PoolSettings(
                7,
                2,
                Duration.ofMillis(1234),
                Duration.ofSeconds(77),
                Duration.ofMinutes(13),
                Duration.ofSeconds(3),
                Duration.ofMillis(4321),
                17,
                true);

        assertThat(fixture.open(given).pool().settings()).isEqualTo(given);
    }

    @Test
    void a_connection_is_active_exactly_while_a_transaction_has_it() {
        Backend backend = fixture.open(Limits.connections(3));
        ConnectionPool pool = backend.pool();

        PoolStats inside = backend.transactions().inTransaction(READ, transaction -> {
            assertThat(fixture.number(backend, "SELECT 1")).isOne();
            return pool.stats();
        });

        assertThat(inside.active()).isOne();
        assertThat(inside.total()).isBetween(1, inside.max());
        assertThat(inside.created()).isPositive();
        assertThat(inside.utilization()).isEqualTo(1.0 / inside.max());
        awaitUnused(pool);
        assertThat(pool.stats().utilization()).isZero();
    }

    @Test
    void as_many_transactions_read_at_the_same_time_as_there_are_connections() {
        Backend backend = fixture.open(Limits.connections(4));
        var all = new CyclicBarrier(4);

        var callers = IntStream.range(0, 4)
                .mapToObj(i -> Caller.start(() -> backend.transactions().inTransaction(READ, transaction -> {
                    long one = fixture.number(backend, "SELECT 1");
                    all.await(20, TimeUnit.SECONDS);
                    return one;
                })))
                .toList();

        assertThat(callers).extracting(Caller::answer).containsExactly(1L, 1L, 1L, 1L);
        awaitUnused(backend.pool());
    }

    @Test
    void a_pool_that_validates_on_acquire_serves_its_callers() {
        Backend backend = fixture.open(Limits.validated(2));

        long sum = IntStream.rangeClosed(1, 20)
                .mapToLong(i -> fixture.readNumber(backend, "SELECT " + i))
                .sum();

        assertThat(sum).isEqualTo(210);
        awaitUnused(backend.pool());
        assertThat(backend.pool().stats().closed()).containsEntry(CloseReason.FAULT, 0L);
    }

    @Test
    void a_closed_pool_fails_every_caller() {
        Backend backend = fixture.open(Limits.connections(2));
        assertThat(fixture.readNumber(backend, "SELECT 1")).isOne();

        backend.close();

        assertThat(backend.pool().isClosed()).isTrue();
        assertThatExceptionOfType(ConnectionFailed.class).isThrownBy(() -> fixture.readNumber(backend, "SELECT 1"));
        assertThatExceptionOfType(ConnectionFailed.class)
                .isThrownBy(() -> fixture.write(backend, "CREATE TABLE late (n BIGINT)"));
        assertThat(backend.pool().stats().active()).isZero();
        assertThat(backend.pool().stats().waiting()).isZero();
    }

    @Test
    void closing_closes_every_connection_for_that_reason() throws InterruptedException {
        Backend backend = fixture.open(Limits.connections(3));
        Occupants.enter(database, backend, 3).close();
        long open = backend.pool().stats().total();
        assertThat(open).isGreaterThanOrEqualTo(3);

        backend.close();

        await().untilAsserted(() -> {
            PoolStats stats = backend.pool().stats();
            assertThat(stats.total()).isZero();
            assertThat(stats.closed().get(CloseReason.SHUTDOWN)).isGreaterThanOrEqualTo(open);
            assertThat(stats.closed().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .as("every connection that was opened is closed")
                    .isEqualTo(stats.created());
        });
    }

    @Test
    void work_under_way_when_the_backend_closes_commits_nothing() throws InterruptedException {
        Backend backend = fixture.open(Limits.connections(2));
        fixture.write(backend, "CREATE TABLE item (id BIGINT PRIMARY KEY)");
        var inside = new CountDownLatch(1);
        var closed = new CountDownLatch(1);

        var caller = Caller.start(() -> backend.transactions().inTransaction(WRITE, transaction -> {
            database.execute(backend, "INSERT INTO item VALUES (1)");
            inside.countDown();
            closed.await();
            return database.execute(backend, "INSERT INTO item VALUES (2)");
        }));
        assertThat(inside.await(20, TimeUnit.SECONDS)).isTrue();
        backend.close();
        closed.countDown();

        assertThat(caller.failure()).isInstanceOf(Exception.class);
        if (database.durable()) {
            assertThat(fixture.readNumber(fixture.open(), "SELECT count(*) FROM item"))
                    .isZero();
        }
    }

    @Test
    void what_a_listener_throws_is_lost() {
        var told = new AtomicInteger();
        Backend backend = fixture.open(Limits.connections(2), new BackendListener() {
            @Override
            public void connectionCreated(String pool, Duration took) {
                throw new IllegalStateException("listener " + told.incrementAndGet());
            }

            @Override
            public void statementExecuted(String pool, String sql, Duration took, boolean succeeded) {
                throw new IllegalStateException("listener " + told.incrementAndGet());
            }
        });

        assertThat(fixture.readNumber(backend, "SELECT 1")).isOne();
        assertThat(told.get()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void closing_twice_does_nothing_more() {
        Backend backend = fixture.open(Limits.connections(2));
        assertThat(fixture.readNumber(backend, "SELECT 1")).isOne();
        backend.close();
        await().until(() -> backend.pool().stats().total() == 0);
        long closed = backend.pool().stats().closed().getOrDefault(CloseReason.SHUTDOWN, 0L);

        backend.close();

        assertThat(backend.pool().isClosed()).isTrue();
        assertThat(backend.pool().stats().closed()).containsEntry(CloseReason.SHUTDOWN, closed);
    }

    @Test
    void a_pool_that_nobody_has_used_closes_too() {
        Backend backend = fixture.open(Limits.connections(2));

        backend.close();

        assertThat(backend.pool().isClosed()).isTrue();
        await().until(() -> backend.pool().stats().total() == 0);
    }

    private static void awaitUnused(ConnectionPool pool) {
        await().untilAsserted(() -> {
            assertThat(pool.stats().active()).isZero();
            assertThat(pool.stats().waiting()).isZero();
        });
    }
}

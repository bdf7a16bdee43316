package dev.basalt.contract;

import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.basalt.domain.failure.DatabaseFailure.TimedOut;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import dev.basalt.ports.TransactionRunner;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a {@link TransactionRunner} bounds transactions and statements in time. */
@Timeout(120)
public abstract class TransactionTimeoutContract {

    private static final Duration TIMEOUT = Duration.ofMillis(200);
    private static final Duration QUERY_TIMEOUT = Duration.ofMillis(500);

    /** What a clock of another resolution may take off a time-out. */
    private static final Duration CLOCK = Duration.ofMillis(20);

    private static final Duration BOUNDED = Duration.ofSeconds(15);

    /** Runs for many minutes if nothing stops it. */
    private static final String ENDLESS = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t"
            + " WHERE n < 2000000000) SELECT count(*) FROM t";

    private final TestDatabase database;
    private final BackendFixture fixture;

    protected TransactionTimeoutContract(TestDatabase database) {
        this.database = database;
        this.fixture = new BackendFixture(database);
    }

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    @Test
    void a_transaction_that_reads_too_long_is_cancelled() {
        Backend backend = fixture.open(Limits.connections(1));

        assertTimesOut(backend, READ.withTimeout(TIMEOUT), TIMEOUT);

        assertUsable(backend);
    }

    @Test
    void a_transaction_that_writes_too_long_is_cancelled_and_rolled_back() {
        Backend backend = fixture.open(Limits.connections(1));
        fixture.write(backend, "CREATE TABLE item (id BIGINT PRIMARY KEY)");

        assertThatExceptionOfType(TimedOut.class)
                .isThrownBy(() -> backend.transactions().inTransaction(WRITE.withTimeout(TIMEOUT), transaction -> {
                    database.execute(backend, "INSERT INTO item VALUES (1)");
                    return database.query(backend, ENDLESS);
                }));

        assertUsable(backend);
        assertThat(fixture.readNumber(backend, "SELECT count(*) FROM item")).isZero();
    }

    @Test
    void a_transaction_whose_time_has_passed_takes_no_more_statements() {
        Backend backend = fixture.open(Limits.connections(1));
        fixture.write(backend, "CREATE TABLE item (id BIGINT PRIMARY KEY)");
        var started = new AtomicInteger();

        assertThatExceptionOfType(TimedOut.class)
                .isThrownBy(() -> backend.transactions().inTransaction(WRITE.withTimeout(TIMEOUT), transaction -> {
                    while (true) {
                        database.execute(backend, "INSERT INTO item VALUES (" + started.incrementAndGet() + ")");
                    }
                }));

        assertThat(started.get()).isPositive();
        assertUsable(backend);
        assertThat(fixture.readNumber(backend, "SELECT count(*) FROM item")).isZero();
    }

    @Test
    void a_statement_that_runs_longer_than_the_query_timeout_is_cancelled() {
        Backend backend = fixture.open(Limits.queryTimeout(QUERY_TIMEOUT));

        assertTimesOut(backend, READ, QUERY_TIMEOUT);
        assertTimesOut(backend, WRITE, QUERY_TIMEOUT);

        assertUsable(backend);
    }

    @Test
    void the_query_timeout_holds_in_a_transaction_that_may_take_longer() {
        Backend backend = fixture.open(Limits.queryTimeout(QUERY_TIMEOUT));

        assertTimesOut(backend, READ.withTimeout(Duration.ofMinutes(5)), QUERY_TIMEOUT);

        assertUsable(backend);
    }

    @Test
    void the_query_timeout_counts_for_each_statement_and_not_for_the_transaction() {
        Backend backend = fixture.open(Limits.queryTimeout(QUERY_TIMEOUT));

        long sum = backend.transactions().inTransaction(READ, transaction -> {
            long before = fixture.number(backend, "SELECT 1");
            computeFor(QUERY_TIMEOUT.plusMillis(100));
            return before + fixture.number(backend, "SELECT 2");
        });

        assertThat(sum).isEqualTo(3);
    }

    @Test
    void a_timeout_that_passes_while_the_work_computes_rolls_back() {
        Backend backend = fixture.open(Limits.connections(1));
        fixture.write(backend, "CREATE TABLE item (id BIGINT PRIMARY KEY)");

        assertThatExceptionOfType(TimedOut.class)
                .isThrownBy(() -> backend.transactions().inTransaction(WRITE.withTimeout(TIMEOUT), transaction -> {
                    int inserted = database.execute(backend, "INSERT INTO item VALUES (1)");
                    computeFor(TIMEOUT.plusMillis(100));
                    return inserted;
                }))
                .satisfies(failure -> assertThat(failure.retryable()).isFalse());

        assertUsable(backend);
        assertThat(fixture.readNumber(backend, "SELECT count(*) FROM item")).isZero();
    }

    @Test
    void a_transaction_in_time_is_not_touched_by_its_timeout() {
        Backend backend = fixture.open(Limits.connections(1));
        TransactionOptions patient = WRITE.withTimeout(Duration.ofSeconds(60));

        backend.transactions()
                .inTransaction(
                        patient, transaction -> database.execute(backend, "CREATE TABLE item (id BIGINT PRIMARY KEY)"));

        assertThat(fixture.readNumber(backend, "SELECT count(*) FROM item")).isZero();
    }

    @Test
    void a_timeout_does_not_reach_the_next_user_of_the_connection() {
        Backend backend = fixture.open(Limits.connections(1));
        TransactionRunner runner = backend.transactions();
        long first = runner.inTransaction(
                READ.withTimeout(TIMEOUT.multipliedBy(5)), t -> fixture.number(backend, "SELECT 1"));

        long second = runner.inTransaction(READ, transaction -> {
            computeFor(TIMEOUT.multipliedBy(6));
            return fixture.number(backend, "SELECT 2");
        });

        assertThat(first + second).isEqualTo(3);
    }

    @Test
    void a_joining_call_ignores_its_own_timeout() {
        Backend backend = fixture.open(Limits.connections(1));
        TransactionRunner runner = backend.transactions();

        long answer = runner.inTransaction(
                READ,
                outer -> runner.inTransaction(READ.withTimeout(TIMEOUT), inner -> {
                    computeFor(TIMEOUT.plusMillis(100));
                    return fixture.number(backend, "SELECT 4");
                }));

        assertThat(answer).isEqualTo(4);
    }

    private void assertTimesOut(Backend backend, TransactionOptions options, Duration after) {
        long begin = System.nanoTime();
        assertThatExceptionOfType(TimedOut.class)
                .isThrownBy(() ->
                        backend.transactions().inTransaction(options, transaction -> database.query(backend, ENDLESS)))
                .satisfies(failure -> assertThat(failure.retryable()).isFalse());
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(after.minus(CLOCK), after.plus(BOUNDED));
    }

    private void assertUsable(Backend backend) {
        await().until(() -> backend.pool().stats().active() == 0);
        assertThat(fixture.readNumber(backend, "SELECT 5")).isEqualTo(5);
    }

    /** Keeps the thread busy without the database, as work that computes does. */
    private static void computeFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }
}

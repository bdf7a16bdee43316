package dev.basalt.contract;

import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.domain.failure.DatabaseFailure.SerializationConflict;
import dev.basalt.domain.transaction.Isolation;
import dev.basalt.ports.Backend;
import dev.basalt.ports.TransactionRunner;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How far a {@link TransactionRunner} keeps concurrent transactions apart. */
@Timeout(120)
public abstract class TransactionIsolationContract {

    /** The time that another transaction gets to finish beside one that is open; a backend may let it wait instead. */
    static final Duration BESIDE = Duration.ofSeconds(2);

    private final TestDatabase database;
    private final BackendFixture fixture;
    private Backend backend;
    private TransactionRunner runner;

    @SuppressWarnings("NullAway.Init") // JUnit calls open_a_backend first
    protected TransactionIsolationContract(TestDatabase database) {
        this.database = database;
        this.fixture = new BackendFixture(database);
    }

    @BeforeEach
    void open_a_backend() {
        backend = fixture.open(Limits.connections(4));
        runner = backend.transactions();
        fixture.write(backend, "CREATE TABLE counter (n BIGINT NOT NULL)", "INSERT INTO counter VALUES (0)");
    }

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Isolation.class,
            names = {"REPEATABLE_READ", "SERIALIZABLE"})
    void what_was_read_once_is_read_again_whatever_others_commit(Isolation isolation) throws InterruptedException {
        Caller<Boolean> writer = runner.inTransaction(READ.withIsolation(isolation), transaction -> {
            long first = fixture.number(backend, "SELECT n FROM counter");
            Caller<Boolean> concurrent = Caller.start(() -> {
                fixture.write(backend, "UPDATE counter SET n = n + 1");
                return true;
            });
            boolean besideTheReader = concurrent.endsWithin(BESIDE);
            assertThat(fixture.number(backend, "SELECT n FROM counter"))
                    .as("the writer has committed: %s", besideTheReader)
                    .isEqualTo(first);
            return concurrent;
        });

        assertThat(writer.answer()).isTrue();
        assertThat(fixture.readNumber(backend, "SELECT n FROM counter")).isOne();
    }

    @ParameterizedTest
    @EnumSource(Isolation.class)
    void what_is_committed_is_seen_by_the_next_transaction(Isolation isolation) {
        for (int n = 1; n <= 10; n++) {
            fixture.write(backend, "UPDATE counter SET n = n + 1");
            long seen = runner.inTransaction(
                    READ.withIsolation(isolation), transaction -> fixture.number(backend, "SELECT n FROM counter"));
            assertThat(seen).isEqualTo(n);
        }
    }

    /** Each counts those before it and adds itself: one after another, the second one counts the first. */
    @Test
    void serializable_transactions_come_out_as_if_one_had_run_after_another() {
        fixture.write(backend, "CREATE TABLE guest (id BIGINT NOT NULL, before BIGINT NOT NULL)");
        var bothHaveCounted = new CountDownLatch(2);

        var callers = IntStream.range(0, 2)
                .mapToObj(id -> Caller.start(() -> countAndAdd(id, bothHaveCounted)))
                .toList();

        long added = callers.stream().filter(Caller::answer).count();
        assertThat(added).as("one at least gets through").isPositive();
        assertThat(fixture.readNumber(backend, "SELECT count(*) FROM guest")).isEqualTo(added);
        assertThat(fixture.readNumber(backend, "SELECT count(*) FROM guest WHERE before = 0"))
                .as("those that saw nobody before them")
                .isOne();
    }

    private boolean countAndAdd(int id, CountDownLatch bothHaveCounted) throws InterruptedException {
        try {
            int added = runner.inTransaction(WRITE.withIsolation(Isolation.SERIALIZABLE), transaction -> {
                long before = fixture.number(backend, "SELECT count(*) FROM guest");
                bothHaveCounted.countDown();
                // Where writers run one after another, the second one cannot have counted yet: go on without it.
                boolean together = bothHaveCounted.await(BESIDE.toMillis(), TimeUnit.MILLISECONDS);
                assertThat(before)
                        .as("counted by %d, together: %s", id, together)
                        .isBetween(0L, 1L);
                return database.execute(backend, "INSERT INTO guest VALUES (" + id + ", " + before + ")");
            });
            return added == 1;
        } catch (SerializationConflict e) {
            assertThat(e.retryable()).isTrue();
            return false;
        }
    }
}

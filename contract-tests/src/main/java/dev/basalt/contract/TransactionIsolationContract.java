package dev.basalt.contract;

import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.domain.failure.DatabaseFailure.SerializationConflict;
import dev.basalt.domain.transaction.Isolation;
import dev.basalt.ports.Backend;
import dev.basalt.ports.TransactionRunner;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
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
        var writer = new Object() {
            Caller<Boolean> call = Caller.start(() -> true);
        };

        boolean same = runner.inTransaction(READ.withIsolation(isolation), transaction -> {
            long first = fixture.number(backend, "SELECT n FROM counter");
            writer.call = Caller.start(() -> {
                fixture.write(backend, "UPDATE counter SET n = n + 1");
                return true;
            });
            boolean besideTheReader = writer.call.endsWithin(BESIDE);
            long second = fixture.number(backend, "SELECT n FROM counter");
            assertThat(second).as("the writer has committed: %s", besideTheReader).isEqualTo(first);
            return second == 0;
        });

        assertThat(same).isTrue();
        assertThat(writer.call.answer()).isTrue();
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

    /** Two that read the sum and then each add to it: one after another, the second one would have seen the first. */
    @Test
    void serializable_transactions_come_out_as_if_one_had_run_after_another() {
        fixture.write(backend, "CREATE TABLE turn (who BIGINT NOT NULL, seen BIGINT NOT NULL)");
        var start = new CyclicBarrier(2);

        var callers = IntStream.range(0, 2)
                .mapToObj(who -> Caller.start(() -> {
                    start.await(20, TimeUnit.SECONDS);
                    return takeTurn(who);
                }))
                .toList();

        long committed = callers.stream().filter(Caller::answer).count();
        assertThat(committed).as("one at least gets through").isPositive();
        assertThat(fixture.readNumber(backend, "SELECT count(*) FROM turn")).isEqualTo(committed);
        assertThat(fixture.readNumber(backend, "SELECT count(*) FROM turn WHERE seen = 0"))
                .as("the first one alone saw nobody before it")
                .isOne();
    }

    private boolean takeTurn(int who) {
        try {
            int inserted = runner.inTransaction(WRITE.withIsolation(Isolation.SERIALIZABLE), transaction -> {
                long seen = fixture.number(backend, "SELECT count(*) FROM turn");
                return database.execute(backend, "INSERT INTO turn VALUES (" + who + ", " + seen + ")");
            });
            return inserted == 1;
        } catch (SerializationConflict e) {
            assertThat(e.retryable()).isTrue();
            return false;
        }
    }
}

package dev.basalt.contract;

import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.ConstraintViolated;
import dev.basalt.domain.failure.DatabaseFailure.ReadOnly;
import dev.basalt.ports.Backend;
import dev.basalt.ports.Transaction;
import dev.basalt.ports.TransactionRunner;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How a {@link TransactionRunner} begins and ends a transaction. {@link NestedTransactionContract}, {@link
 * TransactionIsolationContract} and {@link TransactionTimeoutContract} have the rest of its contract.
 */
@Timeout(120)
public abstract class TransactionRunnerContract {

    private final TestDatabase database;
    private final BackendFixture fixture;
    private Backend backend;
    private TransactionRunner runner;

    @SuppressWarnings("NullAway.Init") // JUnit calls open_a_backend first
    protected TransactionRunnerContract(TestDatabase database) {
        this.database = database;
        this.fixture = new BackendFixture(database);
    }

    @BeforeEach
    void open_a_backend() {
        backend = fixture.open(Limits.connections(1));
        runner = backend.transactions();
        fixture.write(backend, "CREATE TABLE item (id BIGINT PRIMARY KEY, name VARCHAR(20) NOT NULL)");
    }

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    @Test
    void work_that_returns_is_committed_and_its_answer_comes_back() {
        String answer = runner.inTransaction(WRITE, transaction -> {
            insert(1);
            return "done";
        });

        assertThat(answer).isEqualTo("done");
        assertThat(items()).isOne();
    }

    @Test
    void work_that_returns_nothing_is_committed() {
        @Nullable
        String answer = runner.<@Nullable String, RuntimeException>inTransaction(WRITE, transaction -> {
            insert(1);
            return null;
        });

        assertThat(answer).isNull();
        assertThat(items()).isOne();
    }

    @Test
    void a_checked_exception_rolls_back_and_comes_out_as_it_is() {
        var problem = new IOException("checked");

        assertThatThrownBy(() -> runner.inTransaction(WRITE, transaction -> insertAndThrow(problem)))
                .isSameAs(problem);

        assertThat(items()).isZero();
    }

    @Test
    void an_unchecked_exception_rolls_back_and_comes_out_as_it_is() {
        var problem = new IllegalArgumentException("unchecked");

        assertThatThrownBy(() -> runner.inTransaction(WRITE, transaction -> insertAndThrow(problem)))
                .isSameAs(problem);

        assertThat(items()).isZero();
    }

    @Test
    void an_error_rolls_back_and_comes_out_as_it_is() {
        var problem = new StackOverflowError("error");

        assertThatThrownBy(() -> runner.inTransaction(WRITE, transaction -> {
                    insert(1);
                    throw problem;
                }))
                .isSameAs(problem);

        assertThat(items()).isZero();
    }

    @Test
    void a_transaction_sees_what_it_wrote() {
        long seen = runner.inTransaction(WRITE, transaction -> {
            insert(1);
            insert(2);
            return itemsHere();
        });

        assertThat(seen).isEqualTo(2);
        assertThat(items()).isEqualTo(2);
    }

    @Test
    void a_transaction_that_reads_refuses_to_write() {
        assertThatExceptionOfType(ReadOnly.class)
                .isThrownBy(() -> runner.inTransaction(READ, transaction -> insert(1)));
        assertThatExceptionOfType(ReadOnly.class)
                .isThrownBy(() -> runner.inTransaction(
                        READ, transaction -> database.execute(backend, "CREATE TABLE other (n BIGINT)")));

        assertThat(items()).isZero();
    }

    @Test
    void a_connection_that_read_writes_again_for_the_next_one() {
        assertThat(items()).isZero();

        int inserted = runner.inTransaction(WRITE, transaction -> insert(1));

        assertThat(inserted).isOne();
        assertThat(items()).isOne();
    }

    @Test
    void rollback_only_rolls_back_when_the_work_returns() {
        long seen = runner.inTransaction(WRITE, transaction -> {
            insert(1);
            transaction.rollbackOnly();
            insert(2);
            return itemsHere();
        });

        assertThat(seen).isEqualTo(2);
        assertThat(items()).isZero();
    }

    @Test
    void a_transaction_that_reads_may_be_rollback_only() {
        long seen = runner.inTransaction(READ, transaction -> {
            transaction.rollbackOnly();
            return itemsHere();
        });

        assertThat(seen).isZero();
    }

    @Test
    void work_that_is_run_once_is_told_that_it_is_the_first_attempt() {
        int attempt = runner.inTransaction(READ, Transaction::attempt);

        assertThat(attempt).isOne();
    }

    @Test
    void a_violated_constraint_rolls_back_and_comes_out() {
        assertThatExceptionOfType(ConstraintViolated.class)
                .isThrownBy(() -> runner.inTransaction(WRITE, transaction -> insert(1) + insert(2) + insert(1)));
        assertThat(items()).isZero();

        assertThatExceptionOfType(ConstraintViolated.class)
                .isThrownBy(() -> runner.inTransaction(
                        WRITE, transaction -> database.execute(backend, "INSERT INTO item VALUES (1, NULL)")));
        assertThat(items()).isZero();
    }

    @Test
    void a_commit_that_fails_rolls_back_and_leaves_the_connection_clean() {
        fixture.write(
                backend,
                "CREATE TABLE part (id BIGINT PRIMARY KEY,"
                        + " item BIGINT NOT NULL REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED)");

        assertThatExceptionOfType(ConstraintViolated.class)
                .isThrownBy(() -> runner.inTransaction(
                        WRITE, transaction -> database.execute(backend, "INSERT INTO part VALUES (1, 99)")));

        assertThat(fixture.readNumber(backend, "SELECT count(*) FROM part")).isZero();
        fixture.write(backend, "INSERT INTO part VALUES (1, 5)", "INSERT INTO item VALUES (5, 'late, but in time')");
        assertThat(fixture.readNumber(backend, "SELECT count(*) FROM part")).isOne();
    }

    @Test
    void a_statement_that_the_database_does_not_understand_leaves_the_connection_clean() {
        for (String broken : List.of("SELEKT 1 FROM nowhere WHERE", "SELECT count(*) FROM no_such_table")) {
            assertThatExceptionOfType(DatabaseFailure.class)
                    .isThrownBy(() -> fixture.readNumber(backend, broken))
                    .satisfies(failure -> assertThat(failure.retryable()).isFalse());
            assertThatExceptionOfType(DatabaseFailure.class).isThrownBy(() -> fixture.write(backend, broken));
        }

        int inserted = runner.inTransaction(WRITE, transaction -> insert(1));

        assertThat(inserted).isOne();
    }

    @Test
    void an_uncommitted_write_is_seen_by_nobody() throws InterruptedException {
        Backend wide = fixture.open(Limits.connections(2));
        fixture.write(wide, "CREATE TABLE shared_item (id BIGINT PRIMARY KEY)");
        var written = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        Caller<Boolean> writer = Caller.start(() -> wide.transactions().inTransaction(WRITE, transaction -> {
            database.execute(wide, "INSERT INTO shared_item VALUES (1)");
            transaction.rollbackOnly();
            written.countDown();
            return leave.await(Caller.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }));
        assertThat(written.await(Caller.PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();

        Caller<Long> reader = Caller.start(() -> fixture.readNumber(wide, "SELECT count(*) FROM shared_item"));
        // A backend that locks may let the reader wait for the writer: both must come out, and the row must not.
        boolean besideTheWriter = reader.endsWithin(TransactionIsolationContract.BESIDE);
        leave.countDown();

        assertThat(writer.answer()).isTrue();
        assertThat(reader.answer())
                .as("read beside the writer: %s", besideTheWriter)
                .isZero();
    }

    @Test
    void transactions_run_for_callers_on_virtual_and_on_platform_threads() {
        Caller<Integer> virtual = Caller.start(() -> runner.inTransaction(WRITE, transaction -> insert(1)));
        Caller<Integer> platform =
                Caller.startOnPlatformThread(() -> runner.inTransaction(WRITE, transaction -> insert(2)));

        assertThat(virtual.answer()).isOne();
        assertThat(platform.answer()).isOne();
        assertThat(items()).isEqualTo(2);
    }

    @Test
    void a_failure_reaches_callers_on_virtual_and_on_platform_threads() {
        var problem = new IOException("for the caller");

        Caller<Integer> virtual = Caller.start(() -> runner.inTransaction(WRITE, t -> insertAndThrow(problem)));
        Caller<Integer> platform =
                Caller.startOnPlatformThread(() -> runner.inTransaction(WRITE, t -> insertAndThrow(problem)));

        assertThat(virtual.failure()).isSameAs(problem);
        assertThat(platform.failure()).isSameAs(problem);
        assertThat(items()).isZero();
    }

    @Test
    void an_interrupt_of_the_caller_reaches_the_work() throws InterruptedException {
        var working = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        Caller<Boolean> caller = Caller.start(() -> runner.inTransaction(WRITE, transaction -> {
            insert(1);
            working.countDown();
            return never.await(Caller.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        }));
        assertThat(working.await(Caller.PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();

        caller.interrupt();

        assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
        await().until(() -> backend.pool().stats().active() == 0);
        assertThat(items()).isZero();
    }

    @Test
    void every_failure_gives_the_only_connection_back() {
        for (int i = 0; i < 20; i++) {
            var problem = new IOException("round " + i);
            assertThatThrownBy(() -> runner.inTransaction(WRITE, transaction -> insertAndThrow(problem)))
                    .isSameAs(problem);
            assertThatThrownBy(() -> runner.inTransaction(READ, transaction -> {
                        throw problem;
                    }))
                    .isSameAs(problem);
        }

        await().until(() -> backend.pool().stats().active() == 0);
        assertThat(items()).isZero();
    }

    private int insert(long id) {
        return database.execute(backend, "INSERT INTO item VALUES (" + id + ", 'thing')");
    }

    private <X extends Exception> int insertAndThrow(X problem) throws X {
        int inserted = insert(1);
        if (inserted == 1) {
            throw problem;
        }
        return inserted;
    }

    private long itemsHere() {
        return fixture.number(backend, "SELECT count(*) FROM item");
    }

    private long items() {
        return fixture.readNumber(backend, "SELECT count(*) FROM item");
    }
}

package dev.basalt.contract;

import static dev.basalt.domain.transaction.Isolation.READ_COMMITTED;
import static dev.basalt.domain.transaction.Isolation.REPEATABLE_READ;
import static dev.basalt.domain.transaction.Isolation.SERIALIZABLE;
import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.basalt.domain.transaction.Nesting;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import dev.basalt.ports.TransactionRunner;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a {@link TransactionRunner} does when it is called inside a transaction of the same database. */
@Timeout(120)
public abstract class NestedTransactionContract {

    private static final TransactionOptions SAVEPOINT = WRITE.withNesting(Nesting.SAVEPOINT);

    private final TestDatabase database;
    private final BackendFixture fixture;
    private Backend backend;
    private TransactionRunner runner;

    @SuppressWarnings("NullAway.Init") // JUnit calls open_a_backend first
    protected NestedTransactionContract(TestDatabase database) {
        this.database = database;
        this.fixture = new BackendFixture(database);
    }

    /** One connection: a nested call that took another one would wait for it in vain. */
    @BeforeEach
    void open_a_backend() {
        backend = fixture.open(Limits.connections(1));
        runner = backend.transactions();
        fixture.write(backend, "CREATE TABLE item (id BIGINT PRIMARY KEY)");
    }

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    @Test
    void a_joining_call_takes_part_in_the_running_transaction() {
        long seen = runner.inTransaction(WRITE, outer -> {
            insert(1);
            return runner.inTransaction(WRITE, inner -> insert(2) + itemsHere().size());
        });

        assertThat(seen).isEqualTo(3);
        assertThat(items()).containsExactly(1L, 2L);
    }

    @Test
    void what_a_joining_call_did_is_rolled_back_with_the_rest() {
        var problem = new IOException("after the joined call");

        assertThatThrownBy(() -> runner.inTransaction(WRITE, outer -> {
                    runner.inTransaction(WRITE, inner -> insert(1));
                    throw problem;
                }))
                .isSameAs(problem);

        assertThat(items()).isEmpty();
    }

    @Test
    void a_failure_that_passes_through_joining_calls_comes_out_as_it_is() {
        var problem = new IOException("deep inside");

        assertThatThrownBy(() -> runner.inTransaction(WRITE, outer -> {
                    insert(1);
                    return runner.inTransaction(
                            WRITE,
                            middle -> runner.inTransaction(WRITE, inner -> {
                                insert(2);
                                throw problem;
                            }));
                }))
                .isSameAs(problem);

        assertThat(items()).isEmpty();
    }

    @Test
    void a_joined_failure_that_is_swallowed_rolls_everything_back_and_is_told() {
        assertThatIllegalStateException()
                .isThrownBy(() -> runner.inTransaction(WRITE, outer -> {
                    insert(1);
                    failInside(WRITE, 2);
                    return insert(3);
                }));

        assertThat(items()).isEmpty();
        assertThat(fixture.readNumber(backend, "SELECT 1")).isOne();
    }

    @Test
    void a_failure_after_a_swallowed_one_comes_out_as_it_is() {
        var problem = new IOException("the later one");

        assertThatThrownBy(() -> runner.inTransaction(WRITE, outer -> {
                    failInside(WRITE, 1);
                    throw problem;
                }))
                .isSameAs(problem);

        assertThat(items()).isEmpty();
    }

    @Test
    void a_joining_call_that_is_rollback_only_rolls_everything_back() {
        int answer = runner.inTransaction(WRITE, outer -> {
            insert(1);
            runner.inTransaction(WRITE, inner -> {
                inner.rollbackOnly();
                return insert(2);
            });
            return 7;
        });

        assertThat(answer).isEqualTo(7);
        assertThat(items()).isEmpty();
    }

    @Test
    void a_writing_call_is_refused_inside_a_reading_one() {
        for (TransactionOptions writing : List.of(WRITE, SAVEPOINT)) {
            var ran = new AtomicBoolean();

            assertThatIllegalStateException()
                    .isThrownBy(() -> runner.inTransaction(
                            READ, outer -> runner.inTransaction(writing, inner -> ran.compareAndSet(false, true))));

            assertThat(ran).isFalse();
        }
    }

    @Test
    void a_reading_call_takes_part_in_a_writing_one() {
        long seen = runner.inTransaction(WRITE, outer -> {
            insert(1);
            return runner.inTransaction(READ, inner -> itemsHere().size());
        });

        assertThat(seen).isOne();
        assertThat(items()).containsExactly(1L);
    }

    @Test
    void a_call_with_a_stronger_isolation_is_refused() {
        for (Nesting nesting : Nesting.values()) {
            var ran = new AtomicBoolean();
            TransactionOptions repeatable = WRITE.withNesting(nesting).withIsolation(REPEATABLE_READ);
            TransactionOptions serializable = WRITE.withNesting(nesting).withIsolation(SERIALIZABLE);

            assertThatIllegalStateException()
                    .isThrownBy(() -> runner.inTransaction(
                            WRITE, outer -> runner.inTransaction(repeatable, inner -> ran.compareAndSet(false, true))));
            assertThatIllegalStateException()
                    .isThrownBy(() -> runner.inTransaction(
                            WRITE.withIsolation(REPEATABLE_READ),
                            outer -> runner.inTransaction(serializable, inner -> ran.compareAndSet(false, true))));

            assertThat(ran).isFalse();
        }
    }

    @Test
    void a_call_with_a_weaker_or_equal_isolation_takes_part() {
        runner.inTransaction(WRITE.withIsolation(SERIALIZABLE), outer -> {
            runner.inTransaction(WRITE.withIsolation(SERIALIZABLE), inner -> insert(1));
            runner.inTransaction(WRITE.withIsolation(REPEATABLE_READ), inner -> insert(2));
            return runner.inTransaction(SAVEPOINT.withIsolation(READ_COMMITTED), inner -> insert(3));
        });

        assertThat(items()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void a_call_on_another_thread_is_a_transaction_of_its_own() {
        Backend wide = fixture.open(Limits.connections(2));
        TransactionOptions stronger = READ.withIsolation(SERIALIZABLE);

        long one = wide.transactions()
                .inTransaction(
                        READ,
                        outer -> Caller.start(() -> wide.transactions()
                                        .inTransaction(stronger, own -> fixture.number(wide, "SELECT 1")))
                                .answer());

        assertThat(one).isOne();
    }

    /** Runs a nested call that inserts and fails, and swallows the failure. */
    private void failInside(TransactionOptions options, long id) {
        var problem = new IOException("nested");
        assertThatThrownBy(() -> runner.inTransaction(options, nested -> {
                    insert(id);
                    throw problem;
                }))
                .isSameAs(problem);
    }

    private int insert(long id) {
        return database.execute(backend, "INSERT INTO item VALUES (" + id + ")");
    }

    private List<@Nullable Object> itemsHere() {
        return database.query(backend, "SELECT id FROM item ORDER BY id").stream()
                .<@Nullable Object>map(List::getFirst)
                .toList();
    }

    private List<@Nullable Object> items() {
        return runner.inTransaction(READ, transaction -> itemsHere());
    }
}

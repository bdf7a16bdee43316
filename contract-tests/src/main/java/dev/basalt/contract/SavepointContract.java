package dev.basalt.contract;

import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.basalt.domain.failure.DatabaseFailure.ConstraintViolated;
import dev.basalt.domain.transaction.Nesting;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import dev.basalt.ports.TransactionRunner;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a {@link TransactionRunner} undoes a part of a transaction behind a savepoint. */
@Timeout(120)
public abstract class SavepointContract {

    private static final TransactionOptions SAVEPOINT = WRITE.withNesting(Nesting.SAVEPOINT);

    private final TestDatabase database;
    private final BackendFixture fixture;
    private Backend backend;
    private TransactionRunner runner;

    @SuppressWarnings("NullAway.Init") // JUnit calls open_a_backend first
    protected SavepointContract(TestDatabase database) {
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
    void a_savepoint_that_returns_is_kept() {
        runner.inTransaction(WRITE, outer -> insert(1) + runner.inTransaction(SAVEPOINT, inner -> insert(2)));

        assertThat(items()).containsExactly(1L, 2L);
    }

    @Test
    void a_savepoint_that_returned_is_rolled_back_with_the_rest() {
        var problem = new IOException("after the savepoint");

        assertThatThrownBy(() -> runner.inTransaction(WRITE, outer -> {
                    runner.inTransaction(SAVEPOINT, inner -> insert(1));
                    throw problem;
                }))
                .isSameAs(problem);

        assertThat(items()).isEmpty();
    }

    @Test
    void a_failure_behind_a_savepoint_undoes_its_own_part_only() {
        runner.inTransaction(WRITE, outer -> {
            insert(1);
            failInside(SAVEPOINT, 2);
            assertThat(itemsHere()).containsExactly(1L);
            return insert(3);
        });

        assertThat(items()).containsExactly(1L, 3L);
    }

    @Test
    void a_failed_statement_behind_a_savepoint_lets_the_transaction_go_on() {
        runner.inTransaction(WRITE, outer -> {
            insert(1);
            assertThatExceptionOfType(ConstraintViolated.class)
                    .isThrownBy(() -> runner.inTransaction(SAVEPOINT, inner -> insert(2) + insert(1)));
            return insert(3);
        });

        assertThat(items()).containsExactly(1L, 3L);
    }

    @Test
    void rollback_only_behind_a_savepoint_undoes_its_own_part_only() {
        int answer = runner.inTransaction(WRITE, outer -> {
            insert(1);
            int inner = runner.inTransaction(SAVEPOINT, savepoint -> {
                savepoint.rollbackOnly();
                return insert(2) + 6;
            });
            insert(3);
            return inner;
        });

        assertThat(answer).isEqualTo(7);
        assertThat(items()).containsExactly(1L, 3L);
    }

    @Test
    void rollback_only_of_the_transaction_takes_its_savepoints_along() {
        runner.inTransaction(WRITE, outer -> {
            outer.rollbackOnly();
            return insert(1) + runner.inTransaction(SAVEPOINT, inner -> insert(2));
        });

        assertThat(items()).isEmpty();
    }

    @Test
    void a_savepoint_inside_a_savepoint_undoes_its_own_part_only() {
        runner.inTransaction(WRITE, outer -> {
            insert(1);
            runner.inTransaction(SAVEPOINT, middle -> {
                insert(2);
                failInside(SAVEPOINT, 3);
                return insert(4);
            });
            return insert(5);
        });

        assertThat(items()).containsExactly(1L, 2L, 4L, 5L);
    }

    @Test
    void a_failing_savepoint_undoes_the_savepoints_inside_it() {
        var problem = new IOException("in the middle");

        runner.inTransaction(WRITE, outer -> {
            insert(1);
            assertThatThrownBy(() -> runner.inTransaction(SAVEPOINT, middle -> {
                        insert(2);
                        runner.inTransaction(SAVEPOINT, inner -> insert(3));
                        throw problem;
                    }))
                    .isSameAs(problem);
            return insert(4);
        });

        assertThat(items()).containsExactly(1L, 4L);
    }

    @Test
    void savepoints_one_after_another_do_not_mix() {
        runner.inTransaction(WRITE, outer -> {
            for (int id = 1; id <= 6; id += 2) {
                int kept = id;
                runner.inTransaction(SAVEPOINT, inner -> insert(kept));
                failInside(SAVEPOINT, id + 1);
            }
            return outer.attempt();
        });

        assertThat(items()).containsExactly(1L, 3L, 5L);
    }

    @Test
    void a_savepoint_outside_a_transaction_begins_one() {
        runner.inTransaction(SAVEPOINT, transaction -> insert(1));
        failInside(SAVEPOINT, 2);

        assertThat(items()).containsExactly(1L);
    }

    @Test
    void a_savepoint_may_be_used_to_read() {
        TransactionOptions savepoint = READ.withNesting(Nesting.SAVEPOINT);

        long one = runner.inTransaction(
                READ, outer -> runner.inTransaction(savepoint, inner -> fixture.number(backend, "SELECT 1")));

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

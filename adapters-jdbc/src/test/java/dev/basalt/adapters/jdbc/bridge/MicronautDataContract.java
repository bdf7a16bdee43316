package dev.basalt.adapters.jdbc.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.basalt.contract.BackendFixture;
import dev.basalt.contract.TestDatabase;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import dev.basalt.ports.TransactionRunner;
import io.micronaut.context.ApplicationContext;
import io.micronaut.data.connection.exceptions.NoConnectionException;
import io.micronaut.transaction.exceptions.NoTransactionException;
import io.micronaut.transaction.exceptions.TransactionSuspensionNotSupportedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Micronaut Data's repositories and Micronaut's transactions do in and outside of Basalt's transactions. */
public abstract class MicronautDataContract {

    private final BackendFixture fixture;
    private Backend backend;
    private TransactionRunner runner;
    private ApplicationContext context;
    private Notes notes;
    private NoteKeeper keeper;

    @SuppressWarnings("NullAway.Init") // JUnit calls start first
    protected MicronautDataContract(TestDatabase database) {
        this.fixture = new BackendFixture(database);
    }

    @BeforeEach
    void start() {
        backend = fixture.open();
        runner = backend.transactions();
        fixture.write(backend, "CREATE TABLE notes (id BIGINT PRIMARY KEY, text VARCHAR(20) NOT NULL)");
        context = Beans.around(backend);
        notes = context.getBean(Notes.class);
        keeper = context.getBean(NoteKeeper.class);
    }

    @AfterEach
    void stop() {
        context.close();
        fixture.close();
    }

    @Test
    void a_repository_takes_part_in_the_running_transaction() {
        assertThatExceptionOfType(NoteKeeper.Refused.class)
                .isThrownBy(() -> runner.inTransaction(TransactionOptions.WRITE, _ -> {
                    notes.add(1, "one");
                    assertThat(notes.find(1)).contains(new Note(1, "one"));
                    throw new NoteKeeper.Refused();
                }));

        assertThat(notes.all()).isEmpty();
    }

    @Test
    void a_repository_alone_commits_each_call() {
        notes.add(1, "one");

        assertThat(runner.<List<Note>, RuntimeException>inTransaction(TransactionOptions.READ, _ -> notes.all()))
                .containsExactly(new Note(1, "one"));
        assertThat(backend.pool().stats().active()).isZero();
    }

    @Test
    void a_repository_in_a_transaction_that_reads_cannot_write() {
        assertThatExceptionOfType(DatabaseFailure.ReadOnly.class)
                .isThrownBy(() -> runner.inTransaction(TransactionOptions.READ, _ -> {
                    notes.add(1, "one");
                    return true;
                }));
    }

    @Test
    void what_a_repository_runs_into_comes_as_a_failure_of_the_domain() {
        notes.add(1, "one");

        assertThatExceptionOfType(DatabaseFailure.ConstraintViolated.class).isThrownBy(() -> notes.add(1, "again"));
        assertThatExceptionOfType(DatabaseFailure.ConstraintViolated.class).isThrownBy(() -> keeper.keep(1));
    }

    @Test
    void a_micronaut_transaction_inside_ours_commits_nothing_early() {
        assertThatExceptionOfType(NoteKeeper.Refused.class)
                .isThrownBy(() -> runner.inTransaction(TransactionOptions.WRITE, _ -> {
                    keeper.keep(1);
                    throw new NoteKeeper.Refused();
                }));

        assertThat(notes.all()).isEmpty();
    }

    @Test
    void a_micronaut_transaction_alone_commits_and_rolls_back() {
        keeper.keep(1);
        assertThatThrownBy(() -> keeper.keepAndFail(2)).isInstanceOf(NoteKeeper.Refused.class);
        keeper.keepAndRollBack(3);

        assertThat(notes.all()).extracting(Note::id).containsExactly(1L);
        assertThat(backend.pool().stats().active()).isZero();
    }

    @Test
    void a_tolerated_exception_commits_and_comes_out() {
        assertThatThrownBy(() -> keeper.keepAndFailTolerably(1)).isInstanceOf(NoteKeeper.Refused.class);

        assertThat(notes.all()).extracting(Note::text).containsExactly("tolerated");
    }

    @Test
    void a_micronaut_transaction_that_failed_inside_ours_dooms_it() {
        assertThatThrownBy(() -> runner.inTransaction(TransactionOptions.WRITE, _ -> {
                    notes.add(1, "one");
                    assertThatThrownBy(() -> keeper.keepAndFail(2)).isInstanceOf(NoteKeeper.Refused.class);
                    return true;
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(NoteKeeper.Refused.class);

        assertThat(notes.all()).isEmpty();
    }

    @Test
    void a_micronaut_transaction_that_reads_cannot_write() {
        assertThatExceptionOfType(DatabaseFailure.ReadOnly.class).isThrownBy(() -> keeper.keepWhileReading(1));
    }

    @Test
    void a_second_transaction_inside_one_is_refused() {
        assertThatThrownBy(() -> runner.inTransaction(TransactionOptions.WRITE, _ -> {
                    keeper.keepInAnother(1);
                    return true;
                }))
                .isInstanceOf(TransactionSuspensionNotSupportedException.class);

        keeper.keepInAnother(2);
        assertThat(notes.all()).extracting(Note::id).containsExactly(2L);
    }

    @Test
    void a_nested_transaction_undoes_its_own_part() {
        runner.inTransaction(TransactionOptions.WRITE, _ -> {
            notes.add(1, "one");
            assertThatThrownBy(() -> keeper.keepBehindSavepointAndFail(2)).isInstanceOf(NoteKeeper.Refused.class);
            return true;
        });

        assertThat(notes.all()).extracting(Note::id).containsExactly(1L);
    }

    @Test
    void a_mandatory_transaction_must_be_there() {
        assertThatThrownBy(() -> keeper.keepInsideOnly(1)).isInstanceOf(NoTransactionException.class);

        runner.inTransaction(TransactionOptions.WRITE, _ -> {
            keeper.keepInsideOnly(2);
            return true;
        });
        assertThat(notes.all()).extracting(Note::id).containsExactly(2L);
    }

    @Test
    void a_stronger_isolation_inside_a_weaker_one_is_refused() {
        assertThatThrownBy(() -> runner.inTransaction(TransactionOptions.WRITE, _ -> {
                    keeper.keepSerializably(1);
                    return true;
                }))
                .isInstanceOf(IllegalStateException.class);

        keeper.keepSerializably(2);
        assertThat(notes.all()).extracting(Note::id).containsExactly(2L);
    }

    @Test
    void a_synchronization_is_told_when_the_outermost_transaction_ends() {
        var told = new ArrayList<String>();
        runner.inTransaction(TransactionOptions.WRITE, _ -> {
            keeper.keepAndTell(1, told);
            assertThat(told).isEmpty();
            return true;
        });
        assertThat(told)
                .containsExactly("before commit", "before completion", "after commit", "after completion: COMMITTED");

        told.clear();
        runner.inTransaction(TransactionOptions.WRITE, transaction -> {
            keeper.keepAndTell(2, told);
            transaction.rollbackOnly();
            return true;
        });
        assertThat(told).containsExactly("before completion", "after completion: ROLLED_BACK");
    }

    @Test
    void who_is_told_of_a_commit_may_begin_a_transaction() {
        keeper.keepAndThen(1, () -> notes.add(2, "afterwards"));

        assertThat(notes.all()).extracting(Note::id).containsExactly(1L, 2L);
    }

    @Test
    void what_fails_after_a_commit_is_not_taken_for_work_that_was_rolled_back() {
        Backend gone = fixture.open();
        gone.close();

        assertThatThrownBy(() -> keeper.keepAndThen(
                        1, () -> gone.transactions().inTransaction(TransactionOptions.WRITE, _ -> true)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("the transaction is committed")
                .hasCauseInstanceOf(DatabaseFailure.ConnectionFailed.class);

        assertThat(notes.all()).extracting(Note::id).containsExactly(1L);
    }

    @Test
    void what_is_thrown_after_the_end_does_not_hide_what_the_work_threw() {
        assertThatThrownBy(() -> runner.inTransaction(TransactionOptions.WRITE, _ -> {
                    keeper.keepAndThen(1, () -> {
                        throw new IllegalStateException("told");
                    });
                    throw new NoteKeeper.Refused();
                }))
                .isInstanceOf(NoteKeeper.Refused.class)
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));
    }

    @Test
    void a_guest_cannot_end_the_transaction_through_its_connection() throws SQLException {
        var source = context.getBean(DataSource.class);
        runner.inTransaction(TransactionOptions.WRITE, transaction -> {
            notes.add(1, "one");
            try (Connection connection = source.getConnection()) {
                assertThatExceptionOfType(SQLException.class).isThrownBy(connection::commit);
                assertThatExceptionOfType(SQLException.class).isThrownBy(connection::rollback);
                assertThatExceptionOfType(SQLException.class).isThrownBy(() -> connection.setAutoCommit(true));
            }
            assertThat(notes.find(1)).isPresent();
            transaction.rollbackOnly();
            return true;
        });

        assertThat(notes.all()).isEmpty();
    }

    @Test
    void the_data_source_has_no_connection_outside_a_transaction() {
        var source = context.getBean(DataSource.class);

        assertThatThrownBy(() -> {
                    try (Connection connection = source.getConnection()) {
                        connection.createStatement();
                    }
                })
                .isInstanceOf(NoConnectionException.class);
    }
}

package dev.basalt.contract;

import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.pool.CloseReason;
import dev.basalt.domain.transaction.Nesting;
import dev.basalt.ports.Backend;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That nobody meets what a caller before left on the connection: it is as new, or it is closed. */
@Timeout(120)
public abstract class SessionStateContract {

    private final TestDatabase database;
    private final BackendFixture fixture;

    protected SessionStateContract(TestDatabase database) {
        this.database = database;
        this.fixture = new BackendFixture(database);
    }

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource
    void what_a_statement_leaves_on_the_session_is_not_met_by_the_next_transaction(SessionState state) {
        Backend backend = fixture.open(Limits.connections(1));
        Optional<SessionState.Change> change = database.change(state);
        if (change.isEmpty()) {
            assertThatExceptionOfType(DatabaseFailure.class)
                    .as("there is no such thing")
                    .isThrownBy(() -> inTransaction(backend, state.typical()));
            return;
        }
        String look = change.get().look();
        List<List<@Nullable Object>> before = inTransaction(backend, look);

        backend.transactions().inTransaction(WRITE, transaction -> {
            run(backend, change.get().statement());
            return assertThat(database.query(backend, look))
                    .as("within the transaction")
                    .isNotEqualTo(before);
        });

        assertThat(inTransaction(backend, look)).isEqualTo(before);
    }

    @Test
    void statements_that_leave_nothing_on_the_session_cost_no_connection() {
        Backend backend = fixture.open(Limits.connections(1));
        fixture.write(backend, "CREATE TABLE temp_item (id BIGINT)", "INSERT INTO temp_item VALUES (1)");
        long created = backend.pool().stats().created();

        fixture.write(backend, "UPDATE temp_item SET id = 2 -- SET x = 1", "DELETE FROM temp_item");
        assertThat(inTransaction(backend, "SELECT count(*) FROM temp_item")).isEqualTo(List.of(List.of(0L)));

        assertThat(backend.pool().stats().created()).isEqualTo(created);
        assertThat(closed(backend)).isZero();
    }

    @Test
    void a_discarded_connection_is_closed_when_its_transaction_is_over_and_not_before() {
        Backend backend = fixture.open(Limits.connections(1));
        fixture.write(backend, "CREATE TABLE item (id BIGINT)");

        backend.transactions().inTransaction(WRITE, transaction -> {
            transaction.discardConnection();
            assertThat(closed(backend)).isZero();
            return database.execute(backend, "INSERT INTO item VALUES (1)");
        });

        awaitClosed(backend, 1);
        assertThat(inTransaction(backend, "SELECT count(*) FROM item"))
                .as("it has committed")
                .isEqualTo(List.of(List.of(1L)));
    }

    @Test
    void a_connection_that_is_discarded_behind_a_savepoint_is_closed_as_well() {
        Backend backend = fixture.open(Limits.connections(1));

        backend.transactions()
                .inTransaction(
                        WRITE,
                        outer -> backend.transactions().inTransaction(WRITE.withNesting(Nesting.SAVEPOINT), inner -> {
                            inner.discardConnection();
                            return database.query(backend, "SELECT 1");
                        }));

        awaitClosed(backend, 1);
    }

    @Test
    void a_connection_that_is_discarded_by_work_that_fails_is_closed_as_well() {
        Backend backend = fixture.open(Limits.connections(1));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> backend.transactions().inTransaction(WRITE, transaction -> {
                    transaction.discardConnection();
                    throw new IOException("after that");
                }));

        awaitClosed(backend, 1);
        assertThat(inTransaction(backend, "SELECT 1")).isEqualTo(List.of(List.of(1L)));
    }

    private void run(Backend backend, String statement) {
        if (statement.startsWith("SELECT")) {
            database.query(backend, statement);
        } else {
            database.execute(backend, statement);
        }
    }

    private List<List<@Nullable Object>> inTransaction(Backend backend, String query) {
        return backend.transactions().inTransaction(WRITE, transaction -> database.query(backend, query));
    }

    private static void awaitClosed(Backend backend, long count) {
        await().untilAsserted(() -> assertThat(closed(backend)).isEqualTo(count));
    }

    private static long closed(Backend backend) {
        return backend.pool().stats().closed().getOrDefault(CloseReason.FAULT, 0L);
    }
}

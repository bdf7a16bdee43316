package dev.basalt.adapters.sqlite;

import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.basalt.contract.BackendFixture;
import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure.QueryFailed;
import dev.basalt.domain.failure.DatabaseFailure.TimedOut;
import dev.basalt.domain.pool.CloseReason;
import dev.basalt.domain.transaction.Nesting;
import dev.basalt.ports.Backend;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is left of a connection and of a transaction when a statement ran into its deadline. */
@Timeout(120)
final class SqliteTimeoutTest {

    /** Runs for many minutes if nothing stops it. */
    static final String ENDLESS = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t"
            + " WHERE n < 2000000000) SELECT max(n) FROM t";

    private final BackendFixture fixture = new BackendFixture(new SqliteFileTestDatabase());
    private Backend backend;

    @SuppressWarnings("NullAway.Init") // JUnit calls open_a_backend first
    SqliteTimeoutTest() {}

    @BeforeEach
    void open_a_backend() {
        backend = fixture.open(Limits.queryTimeout(Duration.ofMillis(300)));
        fixture.write(backend, "CREATE TABLE item (id BIGINT PRIMARY KEY)");
    }

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    @Test
    void the_connection_of_a_query_that_was_cut_goes_on_being_used() {
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(TimedOut.class).isThrownBy(() -> fixture.readNumber(backend, ENDLESS));
            assertThat(fixture.readNumber(backend, "SELECT count(*) FROM item")).isZero();
        }

        assertThat(backend.pool().stats().closed()).containsEntry(CloseReason.FAULT, 0L);
    }

    @Test
    void a_deadline_that_passed_does_not_reach_the_next_statement() {
        String some = "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 50000)"
                + " SELECT count(*) FROM t";

        long counted = backend.transactions().inTransaction(READ, transaction -> {
            assertThatExceptionOfType(TimedOut.class).isThrownBy(() -> SqliteStatements.query(backend, ENDLESS));
            return fixture.number(backend, some) + fixture.number(backend, some);
        });

        assertThat(counted).isEqualTo(100_000);
    }

    @Test
    void a_query_that_was_cut_leaves_what_was_written_before_it() {
        backend.transactions().inTransaction(WRITE, transaction -> {
            insert(1);
            assertThatExceptionOfType(TimedOut.class).isThrownBy(() -> SqliteStatements.query(backend, ENDLESS));
            return insert(2);
        });

        assertThat(items()).isEqualTo(2);
    }

    @Test
    void a_write_that_was_cut_takes_the_transaction_along() {
        assertThatExceptionOfType(TimedOut.class)
                .isThrownBy(() ->
                        backend.transactions().inTransaction(WRITE, transaction -> insert(1) + insertEndlessly()));

        assertThat(items()).isZero();
        fixture.write(backend, "INSERT INTO item VALUES (3)");
        assertThat(items()).isOne();
    }

    @Test
    void after_a_write_that_was_cut_nothing_is_written_without_a_transaction() {
        assertThatExceptionOfType(QueryFailed.class)
                .isThrownBy(() -> backend.transactions().inTransaction(WRITE, transaction -> {
                    insert(1);
                    assertThatExceptionOfType(TimedOut.class).isThrownBy(this::insertEndlessly);
                    return insert(2);
                }))
                .satisfies(failure -> assertThat(failure.state()).isEqualTo("SQLITE_ABORT_ROLLBACK"));

        assertThat(items()).isZero();
    }

    @Test
    void work_that_ignores_a_write_that_was_cut_does_not_commit() {
        assertThatExceptionOfType(QueryFailed.class)
                .isThrownBy(() -> backend.transactions().inTransaction(WRITE, transaction -> {
                    insert(1);
                    assertThatExceptionOfType(TimedOut.class).isThrownBy(this::insertEndlessly);
                    return "all is well";
                }))
                .satisfies(failure -> assertThat(failure.state()).isEqualTo("SQLITE_ABORT_ROLLBACK"));

        assertThat(items()).isZero();
        fixture.write(backend, "INSERT INTO item VALUES (3)");
        assertThat(items()).isOne();
    }

    @Test
    void a_write_that_was_cut_behind_a_savepoint_comes_out_as_it_is_and_takes_the_transaction_along() {
        assertThatExceptionOfType(TimedOut.class)
                .isThrownBy(() -> backend.transactions().inTransaction(WRITE, outer -> {
                    insert(1);
                    return backend.transactions()
                            .inTransaction(
                                    WRITE.withNesting(Nesting.SAVEPOINT), inner -> insert(2) + insertEndlessly());
                }));

        assertThat(items()).isZero();
    }

    private int insert(int id) {
        return SqliteStatements.execute(backend, "INSERT INTO item VALUES (" + id + ")");
    }

    private int insertEndlessly() {
        return SqliteStatements.execute(backend, "INSERT INTO item " + ENDLESS);
    }

    private long items() {
        return fixture.readNumber(backend, "SELECT count(*) FROM item");
    }
}

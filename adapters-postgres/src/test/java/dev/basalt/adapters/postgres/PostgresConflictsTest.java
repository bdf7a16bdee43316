package dev.basalt.adapters.postgres;

import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.contract.Caller;
import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure.SerializationConflict;
import dev.basalt.domain.transaction.Isolation;
import dev.basalt.ports.Backend;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Transactions that are in each other's way. */
@Timeout(120)
final class PostgresConflictsTest {

    private final OwnDatabase database = new OwnDatabase();
    private final Backend backend = database.open(Limits.connections(2));

    @BeforeEach
    void create_a_table() {
        database.execute("CREATE TABLE parent (id bigint PRIMARY KEY)");
    }

    @AfterEach
    void close_the_backends() {
        database.close();
    }

    @Test
    void a_lock_that_is_not_waited_for_is_a_conflict() throws Exception {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE parent");

            assertThat(conflicts(() -> run("LOCK TABLE parent NOWAIT"))).isTrue();
            assertThat(conflicts(() -> run("SET LOCAL lock_timeout = '50ms'", "LOCK TABLE parent")))
                    .isTrue();
        }
    }

    @Test
    void one_of_two_that_lock_each_other_out_fails_with_a_conflict() {
        database.execute("INSERT INTO parent VALUES (1), (2)");
        var bothHoldOne = new CyclicBarrier(2);

        List<Caller<Boolean>> callers = Stream.of(1, 2)
                .map(first -> Caller.start(() ->
                        conflicts(() -> backend.transactions().inTransaction(WRITE, transaction -> {
                            touch(first);
                            bothHoldOne.await(20, TimeUnit.SECONDS);
                            return touch(3 - first);
                        }))))
                .toList();

        assertThat(callers.stream().filter(Caller::answer)).hasSize(1);
    }

    @Test
    void one_of_two_that_change_what_the_other_has_read_fails_with_a_conflict() {
        var bothHaveRead = new CyclicBarrier(2);

        List<Caller<Boolean>> callers = Stream.of(1, 2)
                .map(id -> Caller.start(() -> conflicts(() -> backend.transactions()
                        .inTransaction(WRITE.withIsolation(Isolation.SERIALIZABLE), transaction -> {
                            OwnDatabase.valueHere(backend, "SELECT count(*) FROM parent");
                            bothHaveRead.await(20, TimeUnit.SECONDS);
                            return OwnDatabase.session(backend).update("INSERT INTO parent VALUES (" + id + ")");
                        }))))
                .toList();

        assertThat(callers.stream().filter(Caller::answer)).hasSize(1);
    }

    private int run(String... statements) {
        return backend.transactions().inTransaction(WRITE, transaction -> {
            int changed = 0;
            for (String sql : statements) {
                changed += OwnDatabase.session(backend).update(sql);
            }
            return changed;
        });
    }

    private int touch(int parent) {
        return OwnDatabase.session(backend).update("UPDATE parent SET id = id WHERE id = ?", parent);
    }

    private static boolean conflicts(Callable<Integer> work) throws Exception {
        try {
            work.call();
            return false;
        } catch (SerializationConflict e) {
            return true;
        }
    }
}

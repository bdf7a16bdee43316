package dev.basalt.adapters.sqlite;

import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.basalt.contract.BackendFixture;
import dev.basalt.contract.Caller;
import dev.basalt.contract.Limits;
import dev.basalt.contract.TestDatabase;
import dev.basalt.domain.failure.DatabaseFailure.SerializationConflict;
import dev.basalt.ports.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who waits for whom, and that nobody fails for it. */
@Timeout(180)
final class SqliteLockingTest {

    private static final int TURNS = 25;

    private final BackendFixture fixture = new BackendFixture(new SqliteFileTestDatabase());

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    static List<TestDatabase> databases() {
        return Stream.concat(Stream.of(new SqliteFileTestDatabase()), excluding().stream())
                .toList();
    }

    /** Those in which a writer excludes readers. */
    static List<TestDatabase> excluding() {
        return List.of(
                new SqliteMemoryTestDatabase(),
                new SqliteRollbackJournalTestDatabase("delete"),
                new SqliteRollbackJournalTestDatabase("truncate"));
    }

    @ParameterizedTest
    @MethodSource("databases")
    void thirty_two_writers_and_as_many_readers_lose_nothing_and_see_no_failure(TestDatabase database) {
        try (var own = new BackendFixture(database)) {
            Backend backend = own.open(Limits.connections(8));
            own.write(backend, "CREATE TABLE item (writer BIGINT NOT NULL, turn BIGINT NOT NULL)");

            var callers = Stream.concat(
                            IntStream.range(0, 32).mapToObj(writer -> Caller.start(() -> write(own, backend, writer))),
                            Stream.generate(() -> Caller.start(() -> read(own, backend)))
                                    .limit(32))
                    .toList();

            assertThat(callers)
                    .hasSize(64)
                    .allSatisfy(caller -> assertThat(caller.answer()).isEqualTo(TURNS));
            assertThat(own.readNumber(backend, "SELECT count(*) FROM item")).isEqualTo(32L * TURNS);
            assertThat(own.readNumber(backend, "SELECT count(DISTINCT writer * 1000 + turn) FROM item"))
                    .isEqualTo(32L * TURNS);
        }
    }

    private static int write(BackendFixture fixture, Backend backend, int writer) {
        for (int turn = 0; turn < TURNS; turn++) {
            fixture.write(backend, "INSERT INTO item VALUES (%d, %d)".formatted(writer, turn));
        }
        return TURNS;
    }

    /** The two counts are of one snapshot, whatever is written between them. */
    private static int read(BackendFixture fixture, Backend backend) {
        for (int turn = 0; turn < TURNS; turn++) {
            boolean same = backend.transactions().inTransaction(READ, transaction -> {
                long before = fixture.number(backend, "SELECT count(*) FROM item");
                return fixture.number(backend, "SELECT count(*) FROM item") == before;
            });
            assertThat(same).isTrue();
        }
        return TURNS;
    }

    /** Otherwise they would meet inside SQLite, and the one that is kept waiting too long would fail. */
    @ParameterizedTest
    @MethodSource("excluding")
    void without_a_write_ahead_log_a_writer_queues_until_nobody_reads_and_readers_queue_until_it_is_done(
            TestDatabase database) {
        try (var own = new BackendFixture(database)) {
            Backend backend = own.open(Limits.connections(4));
            own.write(backend, "CREATE TABLE item (id BIGINT)");

            Caller<Boolean> writer = backend.transactions().inTransaction(READ, transaction -> {
                Caller<Boolean> waiting = Caller.start(() -> {
                    own.write(backend, "INSERT INTO item VALUES (1)");
                    return true;
                });
                await().until(() -> backend.pool().stats().waiting() == 1);
                assertThat(backend.pool().stats().active()).isOne();
                return waiting;
            });
            assertThat(writer.answer()).isTrue();

            Caller<Long> reader = backend.transactions().inTransaction(WRITE, transaction -> {
                Caller<Long> waiting = Caller.start(() -> own.readNumber(backend, "SELECT count(*) FROM item"));
                await().until(() -> backend.pool().stats().waiting() == 1);
                assertThat(SqliteStatements.execute(backend, "INSERT INTO item VALUES (2)"))
                        .isOne();
                return waiting;
            });
            assertThat(reader.answer()).isEqualTo(2);
        }
    }

    @Test
    void backends_on_one_file_wait_for_each_other() {
        Backend one = fixture.open(Limits.connections(4));
        Backend other = fixture.open(Limits.connections(4));
        fixture.write(one, "CREATE TABLE counter (n BIGINT NOT NULL)", "INSERT INTO counter VALUES (0)");

        var callers = Stream.of(one, other, one, other)
                .map(backend -> Caller.start(() -> {
                    for (int turn = 0; turn < TURNS; turn++) {
                        fixture.write(backend, "UPDATE counter SET n = n + 1");
                    }
                    return true;
                }))
                .toList();

        assertThat(callers).allSatisfy(caller -> assertThat(caller.answer()).isTrue());
        assertThat(fixture.readNumber(other, "SELECT n FROM counter")).isEqualTo(4L * TURNS);
    }

    @Test
    void another_process_that_writes_for_a_moment_is_waited_for() throws Exception {
        Backend backend = fixture.open();
        fixture.write(backend, "CREATE TABLE item (id BIGINT)");
        Caller<Boolean> caller;

        try (var _ = LockHolder.start(file(backend))) {
            caller = Caller.start(() -> {
                fixture.write(backend, "INSERT INTO item VALUES (1)");
                return true;
            });
            assertThat(caller.endsWithin(Duration.ofMillis(300))).isFalse();
            assertThat(fixture.readNumber(backend, "SELECT count(*) FROM item"))
                    .as("readers do not wait")
                    .isZero();
        }

        assertThat(caller.answer()).isTrue();
        assertThat(fixture.readNumber(backend, "SELECT count(*) FROM item")).isOne();
    }

    @Test
    void another_process_that_does_not_let_go_is_a_conflict() throws IOException {
        Backend backend = fixture.open();
        fixture.write(backend, "CREATE TABLE item (id BIGINT)");

        try (var _ = LockHolder.start(file(backend))) {
            assertThatExceptionOfType(SerializationConflict.class)
                    .isThrownBy(() -> backend.transactions()
                            .inTransaction(
                                    WRITE, t -> SqliteStatements.execute(backend, "INSERT INTO item VALUES (1)")))
                    .satisfies(failure -> assertThat(failure.retryable()).isTrue());
        }

        fixture.write(backend, "INSERT INTO item VALUES (2)");
        assertThat(fixture.readNumber(backend, "SELECT sum(id) FROM item")).isEqualTo(2);
    }

    private static Path file(Backend backend) {
        List<?> row = backend.transactions()
                .inTransaction(
                        READ,
                        t -> SqliteStatements.query(
                                        backend, "SELECT file FROM pragma_database_list WHERE name = 'main'")
                                .getFirst());
        return Path.of((String) row.getFirst());
    }
}

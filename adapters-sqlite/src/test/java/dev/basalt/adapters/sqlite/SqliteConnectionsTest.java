package dev.basalt.adapters.sqlite;

import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.contract.BackendFixture;
import dev.basalt.contract.Caller;
import dev.basalt.contract.Limits;
import dev.basalt.domain.pool.Role;
import dev.basalt.domain.pool.RoleStats;
import dev.basalt.domain.transaction.Access;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is set on each connection, read back from it. */
final class SqliteConnectionsTest {

    private static final String PRAGMAS = """
            SELECT journal_mode, synchronous, foreign_keys, busy.timeout, query_only, read_uncommitted
              FROM pragma_journal_mode, pragma_synchronous, pragma_foreign_keys, pragma_busy_timeout AS busy,
                   pragma_query_only, pragma_read_uncommitted""";

    private static final long FULL = 2;

    private final BackendFixture file = new BackendFixture(new SqliteFileTestDatabase());
    private final BackendFixture memory = new BackendFixture(new SqliteMemoryTestDatabase());

    @AfterEach
    void close_the_backends() {
        file.close();
        memory.close();
    }

    @Test
    void every_reader_of_a_file_has_its_pragmas_and_refuses_to_write() {
        Backend backend = file.open(Limits.connections(4));
        var all = new CyclicBarrier(4);

        var callers = IntStream.range(0, 4)
                .mapToObj(i -> Caller.start(() -> backend.transactions().inTransaction(READ, transaction -> {
                    List<@Nullable Object> pragmas = pragmas(backend);
                    all.await(20, TimeUnit.SECONDS);
                    return pragmas;
                })))
                .toList();

        assertThat(callers)
                .allSatisfy(caller -> assertThat(caller.answer()).containsExactly("wal", FULL, 1L, 5000L, 1L, 0L));
        assertThat(stats(backend, Role.READER).total()).isEqualTo(4);
    }

    @Test
    void the_writer_of_a_file_has_its_pragmas() {
        assertThat(pragmas(file.open(), WRITE)).containsExactly("wal", FULL, 1L, 5000L, 0L, 0L);
    }

    @ParameterizedTest
    @EnumSource(Access.class)
    void connections_in_memory_have_their_pragmas(Access access) {
        Backend backend = memory.open();

        List<@Nullable Object> pragmas = pragmas(backend, access == Access.READ ? READ : WRITE);

        assertThat(pragmas.subList(2, 6)).containsExactly(1L, 5000L, access == Access.READ ? 1L : 0L, 0L);
    }

    @Test
    void there_is_one_writer_however_many_want_to_write() {
        Backend backend = file.open(Limits.connections(4));
        file.write(backend, "CREATE TABLE item (id BIGINT)");

        var callers = IntStream.range(0, 16)
                .mapToObj(i -> Caller.start(() -> backend.transactions().inTransaction(WRITE, transaction -> {
                    SqliteStatements.execute(backend, "INSERT INTO item VALUES (" + i + ")");
                    return stats(backend, Role.WRITER).active();
                })))
                .toList();

        assertThat(callers).allSatisfy(caller -> assertThat(caller.answer()).isOne());
        RoleStats writer = stats(backend, Role.WRITER);
        assertThat(writer.max()).isOne();
        assertThat(writer.created()).isOne();
        assertThat(file.readNumber(backend, "SELECT count(*) FROM item")).isEqualTo(16);
    }

    @Test
    void a_writer_has_the_lock_before_its_first_statement() throws InterruptedException {
        Backend backend = file.open();
        Backend other = file.open();
        file.write(backend, "CREATE TABLE counter (n BIGINT)", "INSERT INTO counter VALUES (0)");

        Caller<Boolean> concurrent = backend.transactions().inTransaction(WRITE, transaction -> {
            Caller<Boolean> second = Caller.start(() -> {
                other.transactions().inTransaction(WRITE, inner -> file.number(other, "SELECT n FROM counter"));
                return true;
            });
            assertThat(second.endsWithin(Duration.ofMillis(300))).isFalse();
            return second;
        });

        assertThat(concurrent.answer()).isTrue();
    }

    private static List<@Nullable Object> pragmas(Backend backend, TransactionOptions options) {
        return backend.transactions().inTransaction(options, transaction -> pragmas(backend));
    }

    private static List<@Nullable Object> pragmas(Backend backend) {
        return SqliteStatements.query(backend, PRAGMAS).getFirst();
    }

    private static RoleStats stats(Backend backend, Role role) {
        return backend.pool().stats().roles().stream()
                .filter(stats -> stats.role() == role)
                .findFirst()
                .orElseThrow();
    }
}

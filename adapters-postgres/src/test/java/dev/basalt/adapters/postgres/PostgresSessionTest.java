package dev.basalt.adapters.postgres;

import static dev.basalt.adapters.postgres.OwnDatabase.processHere;
import static dev.basalt.adapters.postgres.OwnDatabase.value;
import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.ConstraintViolated;
import dev.basalt.domain.failure.DatabaseFailure.OutcomeUnknown;
import dev.basalt.domain.failure.DatabaseFailure.QueryFailed;
import dev.basalt.domain.failure.DatabaseFailure.TimedOut;
import dev.basalt.domain.pool.CloseReason;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.transaction.Access;
import dev.basalt.domain.transaction.Isolation;
import dev.basalt.domain.transaction.Nesting;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the server sees of transactions: their kind, and the session that stays when they end, well or not. */
@Timeout(120)
final class PostgresSessionTest {

    private static final PoolSettings ONE = Limits.connections(1);

    private static final String SESSION = """
            SELECT concat_ws(' | ', pg_backend_pid(), current_setting('statement_timeout'),
                   current_setting('default_transaction_isolation'), current_setting('default_transaction_read_only'),
                   current_setting('transaction_isolation'), current_setting('transaction_read_only'),
                   current_setting('search_path'), current_setting('role'), current_setting('application_name'))
            """;

    private final OwnDatabase database = new OwnDatabase();

    @AfterEach
    void close_the_backends() {
        database.close();
    }

    static Stream<TransactionOptions> kinds() {
        return Stream.of(Access.values())
                .flatMap(access -> Stream.of(Isolation.values())
                        .map(isolation -> new TransactionOptions(access, isolation, Nesting.JOIN, null, 1, false)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_transaction_is_on_the_server_what_it_was_asked_to_be(TransactionOptions kind) {
        Backend backend = database.open(ONE);

        assertThat(value(backend, kind, "SHOW transaction_isolation"))
                .isEqualTo(kind.isolation().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        assertThat(value(backend, kind, "SHOW transaction_read_only"))
                .isEqualTo(kind.access() == Access.READ ? "on" : "off");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void the_session_is_the_same_after_a_transaction_whatever_its_kind_and_its_end(TransactionOptions kind) {
        Backend backend = database.open(ONE);
        String before = value(backend, WRITE, SESSION);

        assertThat(value(backend, kind, "SELECT 1")).isEqualTo("1");
        assertThat(value(backend, WRITE, SESSION)).isEqualTo(before);
        assertThatExceptionOfType(QueryFailed.class).isThrownBy(() -> value(backend, kind, "SELECT 1 / 0"));
        assertThat(value(backend, WRITE, SESSION)).isEqualTo(before);
    }

    @Test
    void a_setting_that_a_transaction_leaves_behind_is_not_met_by_the_next() {
        Backend backend = database.open(ONE);
        String before = value(backend, WRITE, "SHOW search_path");
        assertThat(before).isNotEqualTo("pg_catalog");

        assertThat(backend.transactions().<String, RuntimeException>inTransaction(WRITE, _ -> {
                    OwnDatabase.session(backend).update("SET search_path = pg_catalog");
                    return OwnDatabase.valueHere(backend, "SHOW search_path");
                }))
                .isEqualTo("pg_catalog");

        assertThat(value(backend, WRITE, "SHOW search_path")).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void a_setting_that_a_function_leaves_behind_is_not_met_by_the_next(TransactionOptions kind) {
        Backend backend = database.open(ONE);
        String before = value(backend, WRITE, "SHOW search_path");
        assertThat(before).isNotEqualTo("pg_catalog");

        assertThat(value(backend, kind, "SELECT set_config('search_path', 'pg_catalog', false)"))
                .isEqualTo("pg_catalog");

        assertThat(value(backend, WRITE, "SHOW search_path")).isEqualTo(before);
    }

    @Test
    void a_setting_of_the_transaction_alone_costs_no_connection() {
        Backend backend = database.open(ONE);
        String before = value(backend, WRITE, SESSION);

        assertThat(value(backend, WRITE, "SELECT set_config('lock_timeout', '1s', true)"))
                .isEqualTo("1s");

        assertThat(value(backend, WRITE, SESSION)).as("the same process").isEqualTo(before);
        assertThat(value(backend, WRITE, "SHOW lock_timeout")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT set_config('search_path', 'a, true)', false)",
                "SELECT set_config('search_path', 'pg_catalog', not true)",
                "SELECT set_config('lock_timeout', '1s', true), set_config('search_path', 'pg_catalog', false)"
            })
    void whatever_looks_like_a_setting_of_the_transaction_alone_is_not_met_by_the_next(String sql) {
        Backend backend = database.open(ONE);
        String before = value(backend, WRITE, SESSION);

        value(backend, WRITE, sql);

        assertThat(value(backend, WRITE, SESSION)).as("another process").isNotEqualTo(before);
        assertThat(value(backend, WRITE, "SHOW search_path")).isEqualTo("public");
    }

    @Test
    void the_session_is_the_same_after_a_statement_that_took_too_long() {
        Backend backend = database.open(oneWithQueryTimeout(Duration.ofMillis(300)));
        String before = value(backend, WRITE, SESSION);

        assertThatExceptionOfType(TimedOut.class).isThrownBy(() -> value(backend, WRITE, "SELECT pg_sleep(60)"));

        assertThat(value(backend, WRITE, SESSION)).isEqualTo(before);
    }

    @Test
    void a_transaction_that_took_too_long_is_cancelled_on_the_server_and_its_session_is_over() {
        Backend backend = database.open(ONE);
        long[] process = new long[1];

        assertThatExceptionOfType(TimedOut.class)
                .isThrownBy(() -> backend.transactions()
                        .inTransaction(WRITE.withTimeout(Duration.ofMillis(300)), transaction -> {
                            process[0] = processHere(backend);
                            return OwnDatabase.valueHere(backend, "SELECT pg_sleep(60)");
                        }));

        await().untilAsserted(() -> assertThat(
                        database.single("SELECT count(*) FROM pg_stat_activity WHERE pid = " + process[0]))
                .isEqualTo("0"));
        assertThat(value(backend, WRITE, "SELECT pg_backend_pid()")).isNotEqualTo(Long.toString(process[0]));
    }

    @Test
    void a_backend_that_is_terminated_at_work_fails_it_and_the_next_one_finds_another() {
        Backend backend = database.open(ONE);

        assertThatExceptionOfType(ConnectionFailed.class)
                .isThrownBy(() -> backend.transactions().inTransaction(WRITE, transaction -> {
                    database.terminate(processHere(backend));
                    return OwnDatabase.valueHere(backend, "SELECT 1");
                }))
                .satisfies(failure -> assertThat(failure.retryable()).isTrue());

        assertThat(value(backend, WRITE, "SELECT 1")).isEqualTo("1");
        await().untilAsserted(() -> {
            assertThat(backend.pool().stats().active()).isZero();
            assertThat(backend.pool().stats().closed()).containsEntry(CloseReason.FAULT, 1L);
        });
        assertThat(backend.pool().stats().closed())
                .containsEntry(CloseReason.IDLE, 0L)
                .containsEntry(CloseReason.LIFETIME, 0L)
                .containsEntry(CloseReason.SHUTDOWN, 0L);
    }

    @Test
    void a_connection_lost_between_work_and_commit_leaves_the_outcome_unknown() throws Exception {
        Backend backend = database.open(ONE);
        database.execute("CREATE TABLE item (id bigint)");

        assertThatExceptionOfType(OutcomeUnknown.class)
                .isThrownBy(() -> backend.transactions().inTransaction(WRITE, transaction -> {
                    OwnDatabase.session(backend).update("INSERT INTO item VALUES (1)");
                    database.terminate(processHere(backend));
                    return 1;
                }))
                .satisfies(failure -> assertThat(failure.retryable()).isFalse());

        assertThat(database.single("SELECT count(*) FROM item")).isEqualTo("0");
        assertThat(value(backend, READ, "SELECT count(*) FROM item")).isEqualTo("0");
        await().untilAsserted(() -> assertThat(backend.pool().stats().closed()).containsEntry(CloseReason.FAULT, 1L));
    }

    @Test
    void a_connection_lost_at_the_end_of_a_transaction_that_reads_leaves_nothing_in_doubt() {
        Backend backend = database.open(ONE);

        assertThatExceptionOfType(ConnectionFailed.class)
                .isThrownBy(() -> backend.transactions().inTransaction(READ, transaction -> {
                    database.terminate(processHere(backend));
                    return 1;
                }))
                .satisfies(failure -> assertThat(failure.retryable()).isTrue());

        assertThat(value(backend, READ, "SELECT 1")).isEqualTo("1");
    }

    @Test
    void a_constraint_that_is_checked_at_the_commit_fails_it_and_the_connection_stays() {
        Backend backend = database.open(ONE);
        database.execute(
                "CREATE TABLE parent (id bigint PRIMARY KEY)",
                "CREATE TABLE child (id bigint CONSTRAINT child_parent REFERENCES parent DEFERRABLE INITIALLY DEFERRED)");
        String before = value(backend, WRITE, SESSION);

        assertThatExceptionOfType(ConstraintViolated.class)
                .isThrownBy(() -> backend.transactions()
                        .inTransaction(
                                WRITE,
                                transaction -> OwnDatabase.session(backend).update("INSERT INTO child VALUES (1)")))
                .satisfies(failure -> assertThat(failure.constraint()).isEqualTo("child_parent"));

        assertThat(value(backend, WRITE, SESSION)).isEqualTo(before);
        assertThat(value(backend, READ, "SELECT count(*) FROM child")).isEqualTo("0");
    }

    @Test
    void a_commit_after_a_swallowed_error_fails_and_keeps_nothing() throws Exception {
        Backend backend = database.open(ONE);
        database.execute("CREATE TABLE item (id bigint PRIMARY KEY)");

        assertThatExceptionOfType(QueryFailed.class)
                .isThrownBy(() -> backend.transactions().inTransaction(WRITE, transaction -> {
                    OwnDatabase.session(backend).update("INSERT INTO item VALUES (1)");
                    assertThatExceptionOfType(ConstraintViolated.class)
                            .isThrownBy(() -> OwnDatabase.session(backend).update("INSERT INTO item VALUES (1)"));
                    return 1;
                }));

        assertThat(database.single("SELECT count(*) FROM item")).isEqualTo("0");
    }

    @Test
    void closing_the_backend_ends_its_sessions() {
        Backend backend = database.open(database.url() + "?application_name=closed", ONE);
        assertThat(value(backend, READ, "SELECT 1")).isEqualTo("1");

        backend.close();

        await().untilAsserted(() -> assertThat(
                        database.single("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'closed'"))
                .isEqualTo("0"));
        assertThat(backend.pool().stats().closed()).containsEntry(CloseReason.SHUTDOWN, 1L);
    }

    private static PoolSettings oneWithQueryTimeout(Duration timeout) {
        return Limits.queryTimeout(timeout).withConnections(1, 1);
    }
}

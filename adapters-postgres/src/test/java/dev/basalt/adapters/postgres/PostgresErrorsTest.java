package dev.basalt.adapters.postgres;

import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.AuthenticationFailed;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.ConstraintViolated;
import dev.basalt.domain.failure.DatabaseFailure.InvalidQuery;
import dev.basalt.domain.failure.DatabaseFailure.ObjectNotFound;
import dev.basalt.domain.failure.DatabaseFailure.OutcomeUnknown;
import dev.basalt.domain.failure.DatabaseFailure.PermissionDenied;
import dev.basalt.domain.failure.DatabaseFailure.QueryFailed;
import dev.basalt.domain.failure.DatabaseFailure.ReadOnly;
import dev.basalt.domain.failure.DatabaseFailure.SerializationConflict;
import dev.basalt.domain.failure.DatabaseFailure.TimedOut;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
final class PostgresErrorsTest {

    private final OwnDatabase database = new OwnDatabase();
    private Backend backend;

    /** What makes the server report a code, and the failure that it is to become. */
    record Case(String state, Class<? extends DatabaseFailure> failure, List<String> statements) {
        Case(String state, Class<? extends DatabaseFailure> failure, String... statements) {
            this(state, failure, List.of(statements));
        }

        @Override
        public String toString() {
            return state + " is a " + failure.getSimpleName();
        }
    }

    @SuppressWarnings("NullAway.Init") // JUnit calls open_a_backend first
    PostgresErrorsTest() {}

    @BeforeEach
    void open_a_backend() {
        database.execute(
                "CREATE TABLE parent (id bigint CONSTRAINT parent_pk PRIMARY KEY)",
                "CREATE TABLE item (id bigint CONSTRAINT item_pk PRIMARY KEY,"
                        + " n bigint CONSTRAINT item_positive CHECK (n > 0),"
                        + " parent bigint CONSTRAINT item_parent REFERENCES parent,"
                        + " span int4range, CONSTRAINT item_span EXCLUDE USING gist (span WITH &&))",
                "CREATE VIEW positive AS SELECT id, n FROM item WHERE n > 10 WITH CHECK OPTION",
                "INSERT INTO item VALUES (1, 1, NULL, '[1,5)')");
        backend = database.open(Limits.connections(2));
    }

    @AfterEach
    void close_the_backends() {
        database.close();
    }

    static Stream<Case> cases() {
        return Stream.of(
                raised("08004", AuthenticationFailed.class),
                raised("08006", ConnectionFailed.class),
                raised("08007", OutcomeUnknown.class),
                new Case("0A000", InvalidQuery.class, "SELECT count(*) FROM item FOR UPDATE"),
                new Case("22012", QueryFailed.class, "SELECT 1 / 0"),
                new Case("22003", QueryFailed.class, "SELECT 1000000 * 1000000"),
                new Case("22007", InvalidQuery.class, "SELECT 'soon'::date"),
                new Case("22P02", InvalidQuery.class, "SELECT 'x'::int"),
                new Case("23502", ConstraintViolated.class, "INSERT INTO item VALUES (NULL)"),
                new Case("23503", ConstraintViolated.class, "INSERT INTO item VALUES (2, 1, 7)"),
                new Case("23505", ConstraintViolated.class, "INSERT INTO item VALUES (1)"),
                new Case("23514", ConstraintViolated.class, "INSERT INTO item VALUES (2, -1)"),
                new Case("23P01", ConstraintViolated.class, "INSERT INTO item VALUES (2, 1, NULL, '[4,6)')"),
                new Case("25001", InvalidQuery.class, "VACUUM"),
                new Case("25006", ReadOnly.class, "SET TRANSACTION READ ONLY", "DELETE FROM item"),
                new Case("25P02", QueryFailed.class, "!SELECT 1 / 0", "SELECT 1"),
                raised("25P03", TimedOut.class),
                new Case("25P04", TimedOut.class, "SET LOCAL transaction_timeout = '50ms'", "SELECT pg_sleep(30)"),
                raised("28P01", AuthenticationFailed.class),
                raised("28000", AuthenticationFailed.class),
                raised("3D000", ObjectNotFound.class),
                new Case("3F000", ObjectNotFound.class, "CREATE TABLE no_such.item (id int)"),
                raised("40001", SerializationConflict.class),
                raised("40003", OutcomeUnknown.class),
                raised("40P01", SerializationConflict.class),
                new Case("42501", PermissionDenied.class, "SET LOCAL ROLE pg_monitor", "SELECT * FROM item"),
                new Case("42601", InvalidQuery.class, "SELEC 1"),
                new Case("42703", ObjectNotFound.class, "SELECT no_such FROM item"),
                new Case("42704", ObjectNotFound.class, "SELECT 1::no_such"),
                new Case("42804", InvalidQuery.class, "SELECT CASE WHEN 1 THEN 2 END"),
                new Case("42883", ObjectNotFound.class, "SELECT no_such(1)"),
                new Case("42P01", ObjectNotFound.class, "SELECT * FROM no_such"),
                new Case("42P07", InvalidQuery.class, "CREATE TABLE item (id int)"),
                new Case("44000", ConstraintViolated.class, "INSERT INTO positive VALUES (2, 2)"),
                raised("53100", ReadOnly.class),
                raised("53200", QueryFailed.class),
                raised("53300", ConnectionFailed.class),
                raised("55P03", SerializationConflict.class),
                new Case("57014", TimedOut.class, "SET LOCAL statement_timeout = '50ms'", "SELECT pg_sleep(30)"),
                new Case("57P01", ConnectionFailed.class, "SELECT pg_terminate_backend(pg_backend_pid())"),
                raised("57P02", ConnectionFailed.class),
                raised("57P03", ConnectionFailed.class),
                raised("57P04", ConnectionFailed.class),
                raised("57P05", ConnectionFailed.class),
                raised("58030", ReadOnly.class),
                new Case("P0001", QueryFailed.class, "DO $$ BEGIN RAISE EXCEPTION 'no'; END $$"),
                raised("XX000", QueryFailed.class));
    }

    private static Case raised(String state, Class<? extends DatabaseFailure> failure) {
        return new Case(
                state, failure, "DO $$ BEGIN RAISE EXCEPTION 'raised' USING ERRCODE = '%s'; END $$".formatted(state));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_code_of_the_server_becomes_its_failure(Case one) {
        DatabaseFailure failure = failure(backend, WRITE, one.statements().toArray(String[]::new));

        assertThat(failure).isExactlyInstanceOf(one.failure()).hasMessageStartingWith("pool 'primary': ");
        assertThat(failure.getMessage()).hasSizeGreaterThan("pool 'primary': ".length());
        assertThat(((SQLException) Objects.requireNonNull(failure.getCause())).getSQLState())
                .isEqualTo(one.state());
        assertThat(failure.retryable())
                .isEqualTo(failure instanceof ConnectionFailed || failure instanceof SerializationConflict);
    }

    @Test
    void every_entry_of_the_table_has_its_case() {
        var codes = new HashSet<String>();
        var classes = new HashSet<String>();
        cases().forEach(one -> {
            codes.add(one.state());
            if (!PostgresErrors.BY_CODE.containsKey(one.state())) {
                classes.add(one.state().substring(0, 2));
            }
        });

        assertThat(codes).containsAll(PostgresErrors.BY_CODE.keySet());
        assertThat(classes).containsAll(PostgresErrors.BY_CLASS.keySet());
    }

    @Test
    void a_violated_constraint_is_named_and_its_data_is_not_told() {
        assertThat(List.of("1, 1", "2, -1", "3, 1, 7"))
                .extracting(values ->
                        (ConstraintViolated) failure(backend, WRITE, "INSERT INTO item VALUES (" + values + ")"))
                .extracting(ConstraintViolated::constraint)
                .containsExactly("item_pk", "item_positive", "item_parent");

        database.execute("CREATE TABLE person (email text CONSTRAINT person_email UNIQUE)");
        DatabaseFailure failure = failure(
                backend,
                WRITE,
                "INSERT INTO person VALUES ('ann@example.org')",
                "INSERT INTO person SELECT * FROM person");
        assertThat(((ConstraintViolated) failure).constraint()).isEqualTo("person_email");
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            assertThat(cause.toString()).contains("person_email").doesNotContain("ann@example.org");
        }
    }

    @Test
    void an_invalid_query_says_where_it_is_invalid() {
        DatabaseFailure failure = failure(backend, READ, "SELECT 1 FRO item");

        assertThat(((InvalidQuery) failure).position()).isEqualTo("SELECT 1 FRO ".length() + 1);
        assertThat(((InvalidQuery) failure).state()).isEqualTo("42601");
    }

    @Test
    void an_error_that_the_statement_raises_tells_its_code() {
        assertThat(((QueryFailed) failure(backend, READ, "SELECT 1 / 0")).state())
                .isEqualTo("22012");
    }

    @Test
    void failures_of_the_driver_itself_are_connection_failures() {
        assertThat(PostgresErrors.translate("p", new SQLException("no answer", "08006", new SocketTimeoutException())))
                .isInstanceOf(ConnectionFailed.class)
                .hasMessage("pool 'p': no answer");
        assertThat(PostgresErrors.translate("p", new SQLException("no host", "08001", new UnknownHostException("h"))))
                .isInstanceOf(ConnectionFailed.class);
        assertThat(PostgresErrors.translate("p", new SQLException("gone", new SocketTimeoutException())))
                .isInstanceOf(ConnectionFailed.class);
    }

    @Test
    void a_failure_without_a_code_is_a_failed_query() {
        DatabaseFailure failure = PostgresErrors.translate("p", new SQLException((String) null));

        assertThat(failure).isInstanceOf(QueryFailed.class).hasMessage("pool 'p': SQLSTATE HY000");
    }

    @Test
    void a_failed_batch_is_what_made_it_fail() {
        assertThatExceptionOfType(ConstraintViolated.class)
                .isThrownBy(() -> backend.transactions().inTransaction(WRITE, transaction -> {
                    var connection = OwnDatabase.session(backend).transaction().connection();
                    try (var statement = connection.prepareStatement("INSERT INTO item VALUES (?, ?)")) {
                        for (int n = 1; n >= 0; n--) {
                            statement.setLong(1, n + 5);
                            statement.setLong(2, n);
                            statement.addBatch();
                        }
                        return statement.executeBatch();
                    }
                }))
                .withCauseInstanceOf(BatchUpdateException.class)
                .satisfies(failure -> assertThat(failure.constraint()).isEqualTo("item_positive"));
    }

    /** Runs statements in a transaction; those with a ! before them are to fail, and their failure is swallowed. */
    private static DatabaseFailure failure(Backend backend, TransactionOptions options, String... statements) {
        var failure = catchThrowableOfType(
                DatabaseFailure.class,
                () -> backend.transactions().inTransaction(options, transaction -> {
                    for (String sql : statements) {
                        var connection =
                                OwnDatabase.session(backend).transaction().connection();
                        try (var statement = connection.createStatement()) {
                            statement.execute(sql.startsWith("!") ? sql.substring(1) : sql);
                        } catch (SQLException e) {
                            if (!sql.startsWith("!")) {
                                throw e;
                            }
                        }
                    }
                    return 0;
                }));
        assertThat(failure).as(String.join("; ", statements)).isNotNull();
        return failure;
    }
}

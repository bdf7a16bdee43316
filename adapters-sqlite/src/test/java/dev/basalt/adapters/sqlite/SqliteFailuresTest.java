package dev.basalt.adapters.sqlite;

import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.basalt.adapters.jdbc.JdbcBackend;
import dev.basalt.contract.BackendFixture;
import dev.basalt.contract.Caller;
import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.ConstraintViolated;
import dev.basalt.domain.failure.DatabaseFailure.InvalidQuery;
import dev.basalt.domain.failure.DatabaseFailure.QueryFailed;
import dev.basalt.domain.failure.DatabaseFailure.ReadOnly;
import dev.basalt.domain.failure.DatabaseFailure.SerializationConflict;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteException;

/** Failures that SQLite itself raises, as the port shows them. */
@Timeout(120)
final class SqliteFailuresTest {

    private final BackendFixture fixture = new BackendFixture(new SqliteFileTestDatabase());
    private Backend backend;

    @SuppressWarnings("NullAway.Init") // JUnit calls open_a_backend first
    SqliteFailuresTest() {}

    @BeforeEach
    void open_a_backend() {
        backend = fixture.open(Limits.connections(2));
        fixture.write(
                backend,
                "CREATE TABLE parent (id INTEGER PRIMARY KEY, code TEXT CONSTRAINT parent_code UNIQUE) STRICT",
                "CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER NOT NULL REFERENCES parent,"
                        + " amount INTEGER CONSTRAINT child_amount CHECK (amount > 0))",
                "CREATE TABLE keyed (id TEXT PRIMARY KEY) WITHOUT ROWID",
                "CREATE TRIGGER no_delete BEFORE DELETE ON child BEGIN SELECT raise(ABORT, 'stays'); END",
                "INSERT INTO parent VALUES (1, 'a')",
                "INSERT INTO child VALUES (1, 1, 10)",
                "INSERT INTO keyed VALUES ('k')");
    }

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SQLITE_CONSTRAINT_UNIQUE     | INSERT INTO parent VALUES (2, 'a')
            SQLITE_CONSTRAINT_PRIMARYKEY | INSERT INTO parent VALUES (1, 'b')
            SQLITE_CONSTRAINT_PRIMARYKEY | INSERT INTO keyed VALUES ('k')
            SQLITE_CONSTRAINT_NOTNULL    | INSERT INTO child VALUES (2, NULL, 1)
            SQLITE_CONSTRAINT_NOTNULL    | INSERT INTO keyed VALUES (NULL)
            SQLITE_CONSTRAINT_CHECK      | INSERT INTO child VALUES (2, 1, 0)
            SQLITE_CONSTRAINT_FOREIGNKEY | INSERT INTO child VALUES (2, 99, 1)
            SQLITE_CONSTRAINT_FOREIGNKEY | DELETE FROM parent
            SQLITE_CONSTRAINT_TRIGGER    | DELETE FROM child
            SQLITE_CONSTRAINT_DATATYPE   | INSERT INTO parent (code) VALUES (x'00')
            """)
    void what_a_constraint_forbids_is_a_violated_constraint(String code, String sql) {
        assertThatExceptionOfType(ConstraintViolated.class)
                .isThrownBy(() -> run(WRITE, sql))
                .satisfies(failure -> assertThat(failure.constraint()).isNull())
                .satisfies(failure -> assertThat(code(failure)).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELEKT 1",
                "SELECT * FROM no_such_table",
                "SELECT no_such_column FROM parent",
                "SELECT no_such_function(1)",
                "INSERT INTO parent VALUES (1)",
                "SELECT code COLLATE no_such_collation FROM parent ORDER BY 1",
                "CREATE TABLE parent (id)"
            })
    void what_cannot_be_prepared_is_an_invalid_query(String sql) {
        assertThatExceptionOfType(InvalidQuery.class)
                .isThrownBy(() -> run(WRITE, sql))
                .satisfies(failure -> assertThat(failure.state()).startsWith("SQLITE_ERROR"))
                .satisfies(failure -> assertThat(failure.position()).isNull());
    }

    @Test
    void what_cannot_be_prepared_is_an_invalid_query_without_a_prepared_statement_too() {
        assertThatExceptionOfType(InvalidQuery.class)
                .isThrownBy(() -> onConnection(connection -> {
                    try (var statement = connection.createStatement()) {
                        statement.executeQuery("SELECT * FROM no_such_table").close();
                    }
                }));
        assertThatExceptionOfType(InvalidQuery.class)
                .isThrownBy(() -> onConnection(connection -> {
                    try (var statement = connection.createStatement()) {
                        statement.execute("SELEKT 1");
                    }
                }));
    }

    /** Here the driver prepares and runs in one native step, and does not tell which of the two failed. */
    @Test
    void one_call_of_the_driver_does_not_tell_an_invalid_query_from_one_that_failed() {
        assertThatExceptionOfType(QueryFailed.class)
                .isThrownBy(() -> onConnection(connection -> {
                    try (var statement = connection.createStatement()) {
                        statement.executeUpdate("DELETE FROM no_such_table");
                    }
                }));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SQLITE_ERROR    | SELECT abs(-9223372036854775808)
            SQLITE_ERROR    | SELECT json_extract(code, '$.x') FROM parent
            SQLITE_TOOBIG   | SELECT zeroblob(2147483647)
            SQLITE_MISMATCH | INSERT INTO child (id, parent) VALUES ('x', 1)
            """)
    void what_fails_while_running_is_a_query_that_failed(String code, String sql) {
        assertThatExceptionOfType(QueryFailed.class)
                .isThrownBy(() -> run(WRITE, sql))
                .satisfies(failure -> assertThat(failure.state()).isEqualTo(code));
    }

    @Test
    void a_batch_fails_as_its_statement_does() {
        assertThatExceptionOfType(ConstraintViolated.class)
                .isThrownBy(() -> onConnection(connection -> {
                    try (var statement = connection.createStatement()) {
                        statement.addBatch("INSERT INTO parent VALUES (2, 'b')");
                        statement.addBatch("INSERT INTO parent VALUES (3, 'b')");
                        statement.executeBatch();
                    }
                }));
        assertThatExceptionOfType(ConstraintViolated.class)
                .isThrownBy(() -> onConnection(connection -> {
                    try (var statement = connection.prepareStatement("INSERT INTO parent VALUES (?, 'b')")) {
                        for (int id = 2; id <= 3; id++) {
                            statement.setInt(1, id);
                            statement.addBatch();
                        }
                        statement.executeBatch();
                    }
                }));
        assertThat(fixture.readNumber(backend, "SELECT count(*) FROM parent")).isOne();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO parent VALUES (2, 'b')",
                "UPDATE parent SET code = 'c'",
                "DELETE FROM child",
                "CREATE TABLE other (id BIGINT)",
                "DROP TABLE child",
                "PRAGMA user_version = 3"
            })
    void a_write_of_a_reader_is_read_only(String sql) {
        assertThatExceptionOfType(ReadOnly.class)
                .isThrownBy(() -> run(READ, sql))
                .satisfies(failure -> assertThat(code(failure)).isEqualTo("SQLITE_READONLY"));
    }

    @Test
    void a_full_database_takes_no_writes_and_can_be_read() {
        assertThatExceptionOfType(ReadOnly.class)
                .isThrownBy(() -> backend.transactions().inTransaction(WRITE, transaction -> {
                    SqliteStatements.query(backend, "PRAGMA max_page_count = 1");
                    SqliteStatements.execute(backend, "CREATE TABLE large (content BLOB)");
                    return SqliteStatements.execute(backend, "INSERT INTO large VALUES (zeroblob(1000000))");
                }))
                .satisfies(failure -> assertThat(code(failure)).isEqualTo("SQLITE_FULL"));

        assertThat(fixture.readNumber(backend, "SELECT count(*) FROM parent")).isOne();
        assertThatExceptionOfType(DatabaseFailure.class)
                .isThrownBy(() -> fixture.readNumber(backend, "SELECT count(*) FROM large"));
    }

    @Test
    void a_table_that_is_being_read_cannot_be_dropped() {
        assertThatExceptionOfType(SerializationConflict.class)
                .isThrownBy(() -> onConnection(connection -> {
                    try (var reading = connection.createStatement();
                            var rows = reading.executeQuery("SELECT * FROM parent");
                            var dropping = connection.prepareStatement("DROP TABLE child")) {
                        rows.next();
                        dropping.execute();
                    }
                }))
                .satisfies(failure -> assertThat(code(failure)).isEqualTo("SQLITE_LOCKED"));
    }

    /** As a caller may do it by SQL of its own. */
    @Test
    void a_snapshot_that_is_out_of_date_cannot_be_written_to() {
        assertThatExceptionOfType(SerializationConflict.class)
                .isThrownBy(() -> backend.transactions().inTransaction(READ, transaction -> {
                    execute("PRAGMA query_only = OFF");
                    long before = fixture.number(backend, "SELECT count(*) FROM parent");
                    writeOnAnotherThread();
                    return before + SqliteStatements.execute(backend, "DELETE FROM keyed");
                }))
                .satisfies(failure -> assertThat(code(failure)).isEqualTo("SQLITE_BUSY_SNAPSHOT"));
    }

    private void writeOnAnotherThread() {
        Caller.start(() -> {
                    fixture.write(backend, "INSERT INTO parent VALUES (2, 'b')");
                    return true;
                })
                .answer();
    }

    @Test
    void a_database_that_cannot_be_attached_is_out_of_reach() {
        assertThatExceptionOfType(ConnectionFailed.class)
                .isThrownBy(() -> onConnection(connection -> {
                    try (var statement = connection.createStatement()) {
                        statement.execute("ATTACH '/no/such/folder/a.db' AS other");
                    }
                }))
                .satisfies(failure -> assertThat(code(failure)).startsWith("SQLITE_CANTOPEN"));
    }

    @Test
    void a_damaged_schema_is_a_query_that_failed() {
        fixture.write(backend, "CREATE TABLE broken (id BIGINT)");
        assertThatExceptionOfType(QueryFailed.class)
                .isThrownBy(() -> backend.transactions().inTransaction(WRITE, transaction -> {
                    execute("PRAGMA writable_schema = ON");
                    SqliteStatements.execute(
                            backend, "UPDATE sqlite_schema SET rootpage = 999999 WHERE name = 'broken'");
                    execute("PRAGMA writable_schema = RESET");
                    return SqliteStatements.query(backend, "SELECT * FROM broken");
                }))
                .satisfies(failure -> assertThat(failure.state()).startsWith("SQLITE_CORRUPT"));
    }

    private void run(TransactionOptions options, String sql) throws SQLException {
        backend.transactions().inTransaction(options, transaction -> execute(sql));
    }

    /** Runs a statement in the running transaction, whether it returns rows or not. */
    private boolean execute(String sql) throws SQLException {
        try (var statement = connection().prepareStatement(sql)) {
            return statement.execute();
        }
    }

    private Connection connection() {
        return backend.unwrap(JdbcBackend.class)
                .orElseThrow()
                .session()
                .transaction()
                .connection();
    }

    private void onConnection(Work work) throws SQLException {
        backend.transactions().<Boolean, SQLException>inTransaction(WRITE, transaction -> {
            work.run(connection());
            return true;
        });
    }

    private static String code(DatabaseFailure failure) {
        if (failure.getCause() instanceof SQLiteException cause) {
            return cause.getResultCode().name();
        }
        throw new AssertionError("SQLite's exception is not the cause", failure);
    }

    @FunctionalInterface
    private interface Work {
        void run(Connection connection) throws SQLException;
    }
}

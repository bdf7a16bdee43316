package dev.basalt.adapters.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.ConstraintViolated;
import dev.basalt.domain.failure.DatabaseFailure.InvalidQuery;
import dev.basalt.domain.failure.DatabaseFailure.PermissionDenied;
import dev.basalt.domain.failure.DatabaseFailure.QueryFailed;
import dev.basalt.domain.failure.DatabaseFailure.ReadOnly;
import dev.basalt.domain.failure.DatabaseFailure.SerializationConflict;
import dev.basalt.domain.failure.DatabaseFailure.TimedOut;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What each result code is translated to. {@link SqliteFailuresTest} has those that can be provoked. */
final class SqliteErrorsTest {

    /** The codes of SQLite that mean no failure, or that SQLite does not return. */
    private static final Set<String> NO_FAILURE = Set.of("OK", "ROW", "DONE", "OK_LOAD_PERMANENTLY");

    private static final Map<Class<? extends DatabaseFailure>, List<String>> TABLE = Map.of(
            SerializationConflict.class,
            List.of("BUSY", "BUSY_*", "LOCKED", "LOCKED_*", "PROTOCOL", "SCHEMA"),
            ReadOnly.class,
            List.of("READONLY", "READONLY_*", "FULL", "IOERR_WRITE", "IOERR_TRUNCATE", "IOERR_DELETE", "IOERR_SHMSIZE"),
            ConnectionFailed.class,
            List.of(
                    "CANTOPEN",
                    "CANTOPEN_*",
                    "IOERR",
                    "IOERR_ACCESS",
                    "IOERR_AUTH",
                    "IOERR_BEGIN_ATOMIC",
                    "IOERR_BLOCKED",
                    "IOERR_CHECKRESERVEDLOCK",
                    "IOERR_CLOSE",
                    "IOERR_COMMIT_ATOMIC",
                    "IOERR_CONVPATH",
                    "IOERR_DELETE_NOENT",
                    "IOERR_DIR_CLOSE",
                    "IOERR_DIR_FSYNC",
                    "IOERR_FSTAT",
                    "IOERR_FSYNC",
                    "IOERR_GETTEMPPATH",
                    "IOERR_LOCK",
                    "IOERR_MMAP",
                    "IOERR_RDLOCK",
                    "IOERR_READ",
                    "IOERR_ROLLBACK_ATOMIC",
                    "IOERR_SEEK",
                    "IOERR_SHMLOCK",
                    "IOERR_SHMMAP",
                    "IOERR_SHMOPEN",
                    "IOERR_SHORT_READ",
                    "IOERR_UNLOCK",
                    "IOERR_VNODE"),
            TimedOut.class,
            List.of("INTERRUPT"),
            ConstraintViolated.class,
            List.of("CONSTRAINT", "CONSTRAINT_*"),
            PermissionDenied.class,
            List.of("PERM", "AUTH", "AUTH_USER"),
            InvalidQuery.class,
            List.of("RANGE", "ERROR_MISSING_COLLSEQ"),
            QueryFailed.class,
            List.of(
                    "ERROR",
                    "ERROR_RETRY",
                    "ERROR_SNAPSHOT",
                    "INTERNAL",
                    "ABORT",
                    "ABORT_ROLLBACK",
                    "NOMEM",
                    "CORRUPT",
                    "CORRUPT_*",
                    "NOTFOUND",
                    "EMPTY",
                    "TOOBIG",
                    "MISMATCH",
                    "MISUSE",
                    "NOLFS",
                    "FORMAT",
                    "NOTADB",
                    "NOTICE",
                    "NOTICE_*",
                    "WARNING",
                    "WARNING_*",
                    "IOERR_CORRUPTFS",
                    "IOERR_DATA",
                    "IOERR_NOMEM"));

    @ParameterizedTest
    @EnumSource(SQLiteErrorCode.class)
    void every_result_code_stands_in_one_row_of_the_table_and_is_translated_so(SQLiteErrorCode code) {
        String name = code.name().replaceFirst("^SQLITE_", "");
        if (NO_FAILURE.contains(name) || code == SQLiteErrorCode.UNKNOWN_ERROR) {
            return;
        }
        List<Class<? extends DatabaseFailure>> expected = TABLE.entrySet().stream()
                .filter(row -> row.getValue().stream().anyMatch(pattern -> matches(name, pattern)))
                .<Class<? extends DatabaseFailure>>map(Map.Entry::getKey)
                .toList();
        var failure = new SQLiteException("message", code);

        DatabaseFailure translated = SqliteErrors.translate("primary", failure);

        assertThat(expected).as(name).hasSize(1);
        assertThat(translated).isExactlyInstanceOf(expected.getFirst());
        assertThat(translated)
                .hasCause(failure)
                .hasMessageContaining("'primary'")
                .hasMessageContaining("message");
    }

    private static boolean matches(String name, String pattern) {
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }

    @Test
    void the_table_names_codes_that_there_are() {
        List<String> codes = Arrays.stream(SQLiteErrorCode.values())
                .map(code -> code.name().replaceFirst("^SQLITE_", ""))
                .toList();

        assertThat(TABLE.values().stream().flatMap(List::stream))
                .allSatisfy(pattern -> assertThat(codes).anyMatch(code -> matches(code, pattern)));
    }

    @Test
    void only_conflicts_and_an_unreachable_file_are_worth_another_attempt() {
        Stream<SQLiteErrorCode> worthIt = Arrays.stream(SQLiteErrorCode.values())
                .filter(code -> SqliteErrors.translate("primary", new SQLiteException("message", code))
                        .retryable());

        assertThat(worthIt)
                .isNotEmpty()
                .allSatisfy(code -> assertThat(code.name())
                        .containsAnyOf("BUSY", "LOCKED", "PROTOCOL", "SCHEMA", "IOERR", "CANTOPEN"));
    }

    @Test
    void the_code_of_a_batch_is_that_of_its_cause() {
        var batch = new BatchUpdateException(
                "batch entry 0", null, 0, new int[0], new SQLiteException("busy", SQLiteErrorCode.SQLITE_BUSY));

        assertThat(SqliteErrors.translate("primary", batch))
                .isInstanceOf(SerializationConflict.class)
                .hasCause(batch);
    }

    @Test
    void an_exception_without_a_result_code_is_told_by_its_sqlstate() {
        assertThat(SqliteErrors.translate("primary", new SQLException("gone", "08006")))
                .isInstanceOf(ConnectionFailed.class);
        var refused = (QueryFailed) SqliteErrors.translate("primary", new SQLException("SQLite has no cursors"));
        assertThat(refused.state()).isEqualTo("UNKNOWN_ERROR");
        var stated = (QueryFailed) SqliteErrors.translate("primary", new SQLException("no", "0A000"));
        assertThat(stated.state()).isEqualTo("0A000");
    }
}

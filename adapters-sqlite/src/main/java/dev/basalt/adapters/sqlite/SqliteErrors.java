package dev.basalt.adapters.sqlite;

import dev.basalt.domain.failure.DatabaseFailure;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Says what SQLite's result codes (https://www.sqlite.org/rescode.html) stand for. An extended code that is not listed
 * means what its primary code means.
 *
 * <p>{@code SQLITE_ERROR} alone covers syntax errors, missing tables and errors while running. What SQLite refused to
 * prepare has not run and is an invalid query; the driver does not tell which step failed, but its stack trace does. One
 * call of the driver, {@code Statement.executeUpdate(String)}, prepares and runs in one native step: its failures count
 * as such of a query that ran. So does a table that another connection drops between preparing and running.
 */
final class SqliteErrors {

    private enum Meaning {
        CONFLICT,
        READ_ONLY,
        UNREACHABLE,
        TIMED_OUT,
        CONSTRAINT,
        DENIED,
        INVALID,
        FAILED
    }

    private SqliteErrors() {}

    static DatabaseFailure translate(String pool, SQLException failure) {
        SQLiteException sqlite = sqlite(failure);
        String message = "pool '" + pool + "': " + failure.getMessage();
        if (sqlite == null) {
            return withoutCode(message, failure);
        }
        String state = sqlite.getResultCode().name();
        return switch (meaning(sqlite)) {
            case CONFLICT -> new DatabaseFailure.SerializationConflict(message, failure);
            case READ_ONLY -> new DatabaseFailure.ReadOnly(message, failure);
            case UNREACHABLE -> new DatabaseFailure.ConnectionFailed(message, failure);
            case TIMED_OUT -> new DatabaseFailure.TimedOut(message, failure);
            case CONSTRAINT -> new DatabaseFailure.ConstraintViolated(message, null, failure);
            case DENIED -> new DatabaseFailure.PermissionDenied(message, failure);
            case INVALID -> new DatabaseFailure.InvalidQuery(message, state, null, failure);
            case FAILED -> new DatabaseFailure.QueryFailed(message, state, failure);
        };
    }

    /** The result code of a failure; {@code UNKNOWN_ERROR} if it has none. */
    static SQLiteErrorCode code(SQLException failure) {
        SQLiteException sqlite = sqlite(failure);
        return sqlite == null ? SQLiteErrorCode.UNKNOWN_ERROR : sqlite.getResultCode();
    }

    /** What the driver refuses by itself has no result code; that of a batch is one level down. */
    private static @Nullable SQLiteException sqlite(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLiteException sqlite) {
                return sqlite;
            }
        }
        return null;
    }

    private static DatabaseFailure withoutCode(String message, SQLException failure) {
        String state = failure.getSQLState();
        if (state != null && state.startsWith("08")) {
            return new DatabaseFailure.ConnectionFailed(message, failure);
        }
        return new DatabaseFailure.QueryFailed(
                message, state == null ? SQLiteErrorCode.UNKNOWN_ERROR.name() : state, failure);
    }

    private static Meaning meaning(SQLiteException failure) {
        return switch (failure.getResultCode()) {
            // The disk takes no more writes; what is there can be read.
            case SQLITE_IOERR_WRITE, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_DELETE, SQLITE_IOERR_SHMSIZE ->
                Meaning.READ_ONLY;
            // No other attempt would find other data, or more memory.
            case SQLITE_IOERR_CORRUPTFS, SQLITE_IOERR_DATA, SQLITE_IOERR_NOMEM -> Meaning.FAILED;
            case SQLITE_ERROR_MISSING_COLLSEQ -> Meaning.INVALID;
            default -> primaryMeaning(failure);
        };
    }

    private static Meaning primaryMeaning(SQLiteException failure) {
        return switch (SQLiteErrorCode.getErrorCode(failure.getResultCode().code & 0xff)) {
            // Another one was quicker, or changed the schema while the statement began: the next attempt may pass.
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL, SQLITE_SCHEMA -> Meaning.CONFLICT;
            case SQLITE_READONLY, SQLITE_FULL -> Meaning.READ_ONLY;
            // The file is out of reach for now. After a failed sync nobody knows what has reached the disk, so the
            // outcome of a commit that ends like this is unknown.
            case SQLITE_IOERR, SQLITE_CANTOPEN -> Meaning.UNREACHABLE;
            case SQLITE_INTERRUPT -> Meaning.TIMED_OUT;
            case SQLITE_CONSTRAINT -> Meaning.CONSTRAINT;
            case SQLITE_AUTH, SQLITE_PERM -> Meaning.DENIED;
            // A parameter that the statement does not have.
            case SQLITE_RANGE -> Meaning.INVALID;
            case SQLITE_ERROR, SQLITE_TOOBIG -> wasPreparing(failure) ? Meaning.INVALID : Meaning.FAILED;
            // Among them a file that is damaged or no database: trying again would not mend it.
            default -> Meaning.FAILED;
        };
    }

    private static boolean wasPreparing(SQLiteException failure) {
        return Arrays.stream(failure.getStackTrace())
                .takeWhile(frame -> frame.getClassName().startsWith("org.sqlite."))
                .anyMatch(frame -> frame.getMethodName().equals("prepare"));
    }
}

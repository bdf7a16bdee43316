package dev.basalt.adapters.postgres;

import static java.util.Map.entry;

import dev.basalt.domain.failure.DatabaseFailure;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Says which failure an SQLSTATE stands for.
 *
 * <p>Source: PostgreSQL 18, appendix A (error codes), and the driver's own codes in {@code PSQLState}. The message is the
 * server's primary one; its DETAIL holds data of the rows, so it is never used.
 */
final class PostgresErrors {

    /** For failures of the driver that bear no code: the standard's general error. */
    static final String GENERAL_ERROR = "HY000";

    /** Codes that stand for something else than their class does. */
    static final Map<String, Kind> BY_CODE = Map.ofEntries(
            // The driver's: the server wants a password and there is none, or they agree on no method or encryption.
            entry("08004", Kind.AUTHENTICATION_FAILED),
            entry("08007", Kind.OUTCOME_UNKNOWN),
            // A literal that is not of its type: 'x'::int, 'soon'::date.
            entry("22007", Kind.INVALID_QUERY),
            entry("22P02", Kind.INVALID_QUERY),
            entry("25006", Kind.READ_ONLY),
            entry("25P02", Kind.QUERY_FAILED),
            entry("25P03", Kind.TIMED_OUT),
            entry("25P04", Kind.TIMED_OUT),
            entry("3D000", Kind.OBJECT_NOT_FOUND),
            entry("3F000", Kind.OBJECT_NOT_FOUND),
            entry("40001", Kind.SERIALIZATION_CONFLICT),
            entry("40003", Kind.OUTCOME_UNKNOWN),
            entry("40P01", Kind.SERIALIZATION_CONFLICT),
            entry("42501", Kind.PERMISSION_DENIED),
            entry("42703", Kind.OBJECT_NOT_FOUND),
            entry("42704", Kind.OBJECT_NOT_FOUND),
            entry("42883", Kind.OBJECT_NOT_FOUND),
            entry("42P01", Kind.OBJECT_NOT_FOUND),
            entry("53100", Kind.READ_ONLY),
            entry("53300", Kind.CONNECTION_FAILED),
            // NOWAIT or lock_timeout: what SQLite calls busy.
            entry("55P03", Kind.SERIALIZATION_CONFLICT),
            entry("57014", Kind.TIMED_OUT),
            entry("57P01", Kind.CONNECTION_FAILED),
            entry("57P02", Kind.CONNECTION_FAILED),
            entry("57P03", Kind.CONNECTION_FAILED),
            entry("57P04", Kind.CONNECTION_FAILED),
            entry("57P05", Kind.CONNECTION_FAILED),
            // EIO of a file: no other connection would find the disk mended, so it is no lost connection. What is
            // in the log was flushed, or the server would have stopped. Who only reads degrades nothing by it.
            entry("58030", Kind.READ_ONLY));

    /** By the first two characters; what is in neither table is a {@code QueryFailed}. */
    static final Map<String, Kind> BY_CLASS = Map.ofEntries(
            entry("08", Kind.CONNECTION_FAILED),
            entry("0A", Kind.INVALID_QUERY),
            entry("23", Kind.CONSTRAINT_VIOLATED),
            entry("25", Kind.INVALID_QUERY),
            entry("28", Kind.AUTHENTICATION_FAILED),
            entry("42", Kind.INVALID_QUERY),
            entry("44", Kind.CONSTRAINT_VIOLATED));

    private PostgresErrors() {}

    static DatabaseFailure translate(String pool, SQLException failure) {
        ServerErrorMessage server = serverMessage(failure);
        String state = state(failure, server);
        String said = server == null ? failure.getMessage() : server.getMessage();
        String message = "pool '" + pool + "': " + (said == null ? "SQLSTATE " + state : said);
        return switch (kind(state, failure)) {
            case CONNECTION_FAILED -> new DatabaseFailure.ConnectionFailed(message, failure);
            case AUTHENTICATION_FAILED -> new DatabaseFailure.AuthenticationFailed(message, failure);
            case TIMED_OUT -> new DatabaseFailure.TimedOut(message, failure);
            case QUERY_FAILED -> new DatabaseFailure.QueryFailed(message, state, failure);
            case INVALID_QUERY -> new DatabaseFailure.InvalidQuery(message, state, position(server), failure);
            case PERMISSION_DENIED -> new DatabaseFailure.PermissionDenied(message, failure);
            case OBJECT_NOT_FOUND -> new DatabaseFailure.ObjectNotFound(message, failure);
            case CONSTRAINT_VIOLATED ->
                new DatabaseFailure.ConstraintViolated(
                        message, server == null ? null : server.getConstraint(), failure);
            case SERIALIZATION_CONFLICT -> new DatabaseFailure.SerializationConflict(message, failure);
            case READ_ONLY -> new DatabaseFailure.ReadOnly(message, failure);
            case OUTCOME_UNKNOWN -> new DatabaseFailure.OutcomeUnknown(message, failure);
        };
    }

    private static Kind kind(String state, SQLException failure) {
        Kind kind = BY_CODE.get(state);
        if (kind == null && state.length() == 5) {
            kind = BY_CLASS.get(state.substring(0, 2));
        }
        if (kind == null && state.equals(GENERAL_ERROR) && hasCause(failure, IOException.class)) {
            kind = Kind.CONNECTION_FAILED;
        }
        return kind == null ? Kind.QUERY_FAILED : kind;
    }

    private static String state(SQLException failure, @Nullable ServerErrorMessage server) {
        String state = server == null ? null : server.getSQLState();
        if (state == null) {
            state = failure.getSQLState();
        }
        return state == null ? GENERAL_ERROR : state;
    }

    /** What the server said, which a failed batch keeps one exception further. */
    private static @Nullable ServerErrorMessage serverMessage(SQLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PSQLException driver && driver.getServerErrorMessage() != null) {
                return driver.getServerErrorMessage();
            }
        }
        return failure.getNextException() instanceof PSQLException next ? next.getServerErrorMessage() : null;
    }

    private static @Nullable Integer position(@Nullable ServerErrorMessage server) {
        return server == null || server.getPosition() == 0 ? null : server.getPosition();
    }

    private static boolean hasCause(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** The failures that a code can stand for. */
    enum Kind {
        CONNECTION_FAILED,
        AUTHENTICATION_FAILED,
        TIMED_OUT,
        QUERY_FAILED,
        INVALID_QUERY,
        PERMISSION_DENIED,
        OBJECT_NOT_FOUND,
        CONSTRAINT_VIOLATED,
        SERIALIZATION_CONFLICT,
        READ_ONLY,
        OUTCOME_UNKNOWN
    }
}

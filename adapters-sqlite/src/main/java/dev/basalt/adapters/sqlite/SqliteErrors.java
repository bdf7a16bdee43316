package dev.basalt.adapters.sqlite;

import dev.basalt.domain.failure.DatabaseFailure;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says what SQLite's result codes stand for. */
final class SqliteErrors {

    private SqliteErrors() {}

    static DatabaseFailure translate(String pool, SQLException failure) {
        SQLiteErrorCode code = failure instanceof SQLiteException e ? e.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
        String message = "pool '" + pool + "': " + failure.getMessage();
        String state = failure.getSQLState();
        if (state != null && state.startsWith("08")) {
            return new DatabaseFailure.ConnectionFailed(message, failure);
        }
        return switch (code.code & 0xff) {
            case 5, 6 -> new DatabaseFailure.SerializationConflict(message, failure);
            case 8, 13 -> new DatabaseFailure.ReadOnly(message, failure);
            case 9 -> new DatabaseFailure.TimedOut(message, failure);
            case 19 -> new DatabaseFailure.ConstraintViolated(message, null, failure);
            default -> new DatabaseFailure.QueryFailed(message, code.name(), failure);
        };
    }
}

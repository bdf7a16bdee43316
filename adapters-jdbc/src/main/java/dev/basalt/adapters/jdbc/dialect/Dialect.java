package dev.basalt.adapters.jdbc.dialect;

import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.transaction.TransactionOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** What one database does in its own way. Thread-safe. */
public interface Dialect {

    /** The backend's name, as its provider gives it. */
    String product();

    /**
     * Says what went wrong, by the driver's code alone. The driver's exception becomes the cause.
     *
     * @param pool the pool's name, for the message
     */
    DatabaseFailure translate(String pool, SQLException failure);

    /** Begins a transaction on a connection that has none. */
    void begin(Connection connection, TransactionOptions options) throws SQLException;

    /** Commits, and leaves the connection without a transaction and as it was before. */
    void commit(Connection connection) throws SQLException;

    /** Rolls back, and leaves the connection without a transaction and as it was before. Does nothing where there is none. */
    void rollback(Connection connection) throws SQLException;

    /** Asks what only a database that is there can answer, and nearly nothing at that. */
    void ask(Connection connection) throws SQLException;

    /** Tells, without asking it, whether the connection's server takes writes, as far as that is known. */
    default boolean takesWrites(Connection connection) {
        return true;
    }

    /** Tells whether there is a table that statements find by this name alone. */
    boolean hasTable(Connection connection, String name) throws SQLException;

    /** Tells whether the running transaction has changed something so far; may overlook changes of the schema. */
    boolean hasWritten(Connection connection) throws SQLException;

    /** Stops the statement that another thread runs on the connection; may hit a later one as well. */
    void cancel(Connection connection) throws SQLException;

    /** Frees a thread that hangs on the connection, at the price of the connection. */
    void abandon(Connection connection) throws SQLException;

    /**
     * Tells whether a statement changes what outlasts its transaction, such as a setting of the session: then the
     * connection is closed, not given back. Judged by the statement alone, so a function that does it unseen is not noticed.
     */
    default boolean changesSession(String sql) {
        return false;
    }

    /**
     * Bounds the statements of a connection just opened, where the connection's own settings do not do it.
     *
     * @return what is to be called right before each statement of the connection
     */
    default Runnable statementGuard(Connection connection, Duration queryTimeout) throws SQLException {
        return () -> {};
    }
}

package dev.basalt.adapters.jdbc.pool;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A connection lent out, to be closed by whoever took it. Not thread-safe, but for {@link #distrust()} and {@link
 * #abandon()}.
 */
public interface Lease extends AutoCloseable {

    /** The connection for all statements: they are watched on it. */
    Connection connection();

    /**
     * Takes a step on the same connection as the driver made it, to begin or end a transaction without the detour through those
     * who watch. Whatever is set on it there is to be set back, as nobody else notices it. Once the pool has given the
     * connection up, it is one that refuses everything.
     *
     * @param statement what the holders' list shows meanwhile
     */
    void onDriver(String statement, Step step) throws SQLException;

    /** Has the connection closed instead of given back, because its state is not known any more. */
    void distrust();

    /**
     * Frees a thread that hangs on the connection, at the price of the connection: from now on nothing runs on it. Does
     * nothing once the lease is closed, or the connection is.
     *
     * @return whether it did anything
     */
    boolean abandon();

    /** Tells whether the connection was abandoned. */
    boolean isAbandoned();

    /** Gives the connection back. Closing twice does nothing more. */
    @Override
    void close();

    /** What is done on a connection. */
    @FunctionalInterface
    interface Step {
        void on(Connection connection) throws SQLException;
    }
}

package dev.basalt.adapters.jdbc.pool;

import java.sql.Connection;

/**
 * A connection lent out, to be closed by whoever took it. Not thread-safe, but for {@link #distrust()} and {@link
 * #abandon()}.
 */
public interface Lease extends AutoCloseable {

    Connection connection();

    /** Has the connection closed instead of given back, because its state is not known any more. */
    void distrust();

    /**
     * Frees a thread that hangs on the connection, at the price of the connection: from now on nothing runs on it. Does
     * nothing once the lease is closed.
     */
    void abandon();

    /** Tells whether the connection was abandoned. */
    boolean isAbandoned();

    /** Gives the connection back. Closing twice does nothing more. */
    @Override
    void close();
}

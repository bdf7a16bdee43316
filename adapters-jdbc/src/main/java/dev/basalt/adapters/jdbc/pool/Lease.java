package dev.basalt.adapters.jdbc.pool;

import java.sql.Connection;

/** A connection lent out, to be closed by whoever took it. Not thread-safe, but for {@link #distrust()}. */
public interface Lease extends AutoCloseable {

    Connection connection();

    /** Has the connection closed instead of given back, because its state is not known any more. */
    void distrust();

    /** Gives the connection back. Closing twice does nothing more. */
    @Override
    void close();
}

package dev.basalt.adapters.jdbc.health;

import dev.basalt.adapters.jdbc.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has one thread use connections, of which others can free it when it hangs. Thread-safe. */
final class ConnectionUse {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionUse.class);

    private final String pool;
    private final Dialect dialect;

    // What follows is guarded by this object's lock.
    private @Nullable Connection inUse;
    private boolean closed;

    ConnectionUse(String pool, Dialect dialect) {
        this.pool = pool;
        this.dialect = dialect;
    }

    /**
     * Runs the work on the connection.
     *
     * @throws SQLException if it fails or was {@linkplain #abandon() abandoned}, or if this is closed
     */
    <T> T of(Connection connection, Work<T> work) throws SQLException {
        synchronized (this) {
            if (closed) {
                throw closedAlready(null);
            }
            inUse = connection;
        }
        try {
            return work.on(connection);
        } finally {
            synchronized (this) {
                inUse = null;
            }
        }
    }

    /** What whoever asks is told once this is closed. */
    SQLException closedAlready(@Nullable Throwable cause) {
        return new SQLException("pool '" + pool + "' is closed", "08003", cause);
    }

    /** Tells whether work is under way. */
    synchronized boolean isUnderWay() {
        return inUse != null;
    }

    /** Frees the thread that hangs on a connection, if one does, at the price of the connection. */
    void abandon() {
        Connection hanging;
        synchronized (this) {
            hanging = inUse;
        }
        if (hanging == null) {
            return;
        }
        try {
            dialect.abandon(hanging);
        } catch (SQLException e) {
            LOG.debug("pool '{}': a connection of the heartbeat was gone already", pool, e);
        }
    }

    /** Has no connection used any more, and frees the thread that uses one. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        abandon();
    }

    /** What is done on a connection. */
    @FunctionalInterface
    interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}

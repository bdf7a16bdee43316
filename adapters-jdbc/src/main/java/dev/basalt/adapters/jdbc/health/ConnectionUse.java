package dev.basalt.adapters.jdbc.health;

import dev.basalt.adapters.jdbc.dialect.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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
    private Duration lasted = Duration.ZERO;
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
            lasted = Duration.ZERO;
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

    /**
     * Takes in that so much time has passed, and {@linkplain #abandon() abandons} work that has lasted for so long.
     *
     * @return whether it did
     */
    boolean look(Duration elapsed, Duration limit) {
        synchronized (this) {
            lasted = inUse == null ? Duration.ZERO : lasted.plus(elapsed);
            if (lasted.compareTo(limit) < 0) {
                return false;
            }
        }
        abandon();
        return true;
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

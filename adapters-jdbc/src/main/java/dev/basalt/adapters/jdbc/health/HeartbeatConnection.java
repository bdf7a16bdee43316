package dev.basalt.adapters.jdbc.health;

import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.domain.failure.DatabaseFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heartbeat's own connection, opened when it is needed and anew when it was lost. For the thread that beats, but for
 * {@link #renew()}, {@link #look} and {@link #close()}.
 */
final class HeartbeatConnection {

    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatConnection.class);

    private final String pool;
    private final Dialect dialect;
    private final Consumer<DatabaseFailure> connectionFailed;
    private final boolean several;
    private final Reconnecting reconnecting;
    private final ConnectionUse use;

    private @Nullable Connection connection;
    private @Nullable Instant connectedSince;
    private boolean lost;
    private final AtomicBoolean outdated = new AtomicBoolean();

    HeartbeatConnection(
            String pool,
            Routes routes,
            Dialect dialect,
            Duration detourAfter,
            Consumer<DatabaseFailure> connectionFailed) {
        this.pool = pool;
        this.dialect = dialect;
        this.connectionFailed = connectionFailed;
        this.several = routes.differ();
        this.reconnecting = new Reconnecting(pool, routes, detourAfter, dialect::takesWrites);
        this.use = new ConnectionUse(pool, dialect);
    }

    /** Since when the connection stands, or {@code null} while there is none. */
    @Nullable
    Instant connectedSince() {
        return connectedSince;
    }

    /**
     * Asks the database on the connection that there is; if that one was lost, on a new one, since the database may be well.
     *
     * @return how long the answer took
     */
    Duration ask() throws SQLException {
        if (outdated.getAndSet(false)) {
            disconnect();
        }
        if (connection != null) {
            try {
                return ask(connection);
            } catch (SQLException e) {
                if (isBusy(e)) {
                    throw e;
                }
                lost = true;
                disconnect();
            }
        }
        connection = connect();
        connectedSince = Instant.now();
        return ask(connection);
    }

    private Duration ask(Connection on) throws SQLException {
        long start = System.nanoTime();
        return use.of(on, asked -> {
            dialect.ask(asked);
            return Duration.ofNanos(System.nanoTime() - start);
        });
    }

    /** Has the next question asked on a new connection, as callers get new ones: the old login may no longer be allowed. */
    void renew() {
        outdated.set(true);
    }

    /** Tells, once, whether a connection was lost since it was last asked. */
    boolean wasLost() {
        boolean answer = lost;
        lost = false;
        return answer;
    }

    /** Tells whether the connection leads to one of several servers that is only read: none that takes writes answered. */
    boolean isDetour() {
        return several && connection != null && !takesWrites();
    }

    /** Tells whether there is a connection, to a server that takes writes as far as that is known. */
    boolean takesWrites() {
        return connection != null && dialect.takesWrites(connection);
    }

    /** Whoever says that somebody else is at work there is alive. */
    boolean isBusy(SQLException failure) {
        return dialect.translate(pool, failure) instanceof DatabaseFailure.SerializationConflict;
    }

    private Connection connect() throws SQLException {
        try {
            return reconnecting.connect();
        } catch (SQLException e) {
            if (!isBusy(e)) {
                connectionFailed.accept(dialect.translate(pool, e));
            }
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw use.closedAlready(e);
        }
    }

    void disconnect() {
        Connection old = connection;
        connection = null;
        connectedSince = null;
        if (old == null) {
            return;
        }
        try {
            old.close();
        } catch (SQLException e) {
            LOG.debug("pool '{}': the heartbeat's connection did not close", pool, e);
        }
    }

    /**
     * Takes in that so much time has passed, and frees the thread that has hung on the connection for so long.
     *
     * @return whether one has
     */
    boolean look(Duration elapsed, Duration limit) {
        return use.look(elapsed, limit);
    }

    /** Has the connection used for nothing any more; the thread that beats has to {@linkplain #disconnect() close} it. */
    void close() {
        use.close();
        reconnecting.close();
    }
}

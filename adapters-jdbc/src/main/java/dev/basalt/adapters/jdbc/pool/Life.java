package dev.basalt.adapters.jdbc.pool;

import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.pool.CloseReason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.MethodExecutionContext;
import net.ttddyy.dsproxy.listener.MethodExecutionListener;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection from its opening to its close: what runs on it, what that did to it, and why it closes. Used by one thread
 * at a time, but for {@link #abandon()} and what only tells.
 */
final class Life implements MethodExecutionListener, QueryExecutionListener {

    /** A validation that fails but took so long has failed because nobody answered. */
    private static final Duration SILENCE = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(Life.class);

    private final PhysicalConnections connections;
    private final Connection connection;
    private final Runnable guard;
    private final long openedAt;
    private final boolean takesWrites;
    private volatile long usedAt = System.nanoTime();
    private volatile boolean broken;
    private volatile boolean tainted;
    private volatile boolean abandoned;
    private volatile @Nullable String running;
    private long validatedSince;
    /** Guarded by this object's lock. */
    private boolean over;

    /**
     * Begins a connection's life.
     *
     * @param connection the driver's
     * @param guard what is to be called before each statement
     * @param openedAt when the attempt to open it began
     */
    Life(PhysicalConnections connections, Connection connection, Runnable guard, long openedAt) {
        this.connections = connections;
        this.connection = connection;
        this.guard = guard;
        this.openedAt = openedAt;
        this.takesWrites = connections.dialect().takesWrites(connection);
    }

    @Override
    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        if (abandoned) {
            String pool = connections.pool();
            throw new DatabaseFailure.ConnectionFailed(
                            "pool '" + pool + "': the connection was given up, because it did not answer", null)
                    .attributedTo(pool);
        }
        guard.run();
        // A batch may be empty.
        running = queries.isEmpty() ? null : queries.getFirst().getQuery();
        for (QueryInfo query : queries) {
            tainted |= connections.changesSession(query.getQuery());
        }
    }

    @Override
    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
        running = null;
        usedAt = System.nanoTime();
        Duration took = Duration.ofNanos(execution.getElapsedTime());
        queries.forEach(query -> connections.tell(listener ->
                listener.statementExecuted(connections.pool(), query.getQuery(), took, execution.isSuccess())));
    }

    @Override
    public void beforeMethod(MethodExecutionContext call) {
        switch (call.getMethod().getName()) {
            case "close", "abort" -> {
                if (call.getTarget() instanceof Connection) {
                    end();
                }
            }
            case "isValid" -> validatedSince = System.nanoTime();
            default -> {}
        }
    }

    @Override
    public void afterMethod(MethodExecutionContext call) {
        if (call.getMethod().getName().equals("isValid") && !Boolean.TRUE.equals(call.getResult()) && !broken) {
            broken = true;
            connections.failedValidation(this, System.nanoTime() - validatedSince >= SILENCE.toNanos());
        }
    }

    /** Tells whether a statement changed what outlasts a transaction, so that nobody else may get the connection. */
    boolean isTainted() {
        return tainted;
    }

    /** The driver's. */
    Connection connection() {
        return connection;
    }

    /** The statement that runs now. */
    @Nullable
    String running() {
        return running;
    }

    /** Takes in what runs now past the listeners, or that it has ended. */
    void running(@Nullable String statement) {
        running = statement;
    }

    /** When the attempt to open it began, on the clock of {@link System#nanoTime()}. */
    long openedAt() {
        return openedAt;
    }

    /** Tells whether its server took writes when it was opened, as far as that is known. */
    boolean takesWrites() {
        return takesWrites;
    }

    /** Tells whether it was abandoned. */
    boolean isAbandoned() {
        return abandoned;
    }

    /**
     * Frees the thread that hangs on the connection, and has nothing run on it any more. Not while it is being closed.
     *
     * @return whether it did anything
     */
    synchronized boolean abandon() {
        if (over || abandoned) {
            return false;
        }
        abandoned = true;
        try {
            connections.dialect().abandon(connection);
        } catch (SQLException e) {
            LOG.debug("pool '{}': a connection that was given up was gone already", connections.pool(), e);
        }
        return true;
    }

    private void end() {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
        }
        // Without the lock, for which the heartbeat would wait if a listener took its time.
        connections.ended(this, reason());
    }

    private CloseReason reason() {
        if (connections.isShuttingDown()) {
            return CloseReason.SHUTDOWN;
        }
        if (broken || abandoned || isClosed()) {
            return CloseReason.FAULT;
        }
        CloseReason evicted = connections.evicted(this);
        if (evicted != null) {
            return evicted;
        }
        long now = System.nanoTime();
        if (connections.isLifetime(now - openedAt)) {
            return CloseReason.LIFETIME;
        }
        return connections.isIdleTime(now - usedAt) ? CloseReason.IDLE : CloseReason.FAULT;
    }

    private boolean isClosed() {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }
}

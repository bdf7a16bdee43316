package dev.basalt.adapters.jdbc.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to open a connection, on a platform thread of its own, so that nobody has to wait as long as the driver does.
 * Thread-safe.
 */
public final class ConnectionAttempt {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionAttempt.class);

    private final String pool;
    private final Thread thread;
    private final long startedAt = System.nanoTime();
    private final CompletableFuture<Connection> arrival = new CompletableFuture<>();

    private ConnectionAttempt(String pool, Connector connector, Runnable afterwards) {
        this.pool = pool;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("basalt-" + pool + "-connect")
                .unstarted(() -> {
                    try {
                        connect(connector);
                    } finally {
                        afterwards.run();
                    }
                });
    }

    /**
     * Begins to connect.
     *
     * @param pool the pool's name, which the thread bears
     * @param afterwards called on that thread as its last deed, whatever came of the attempt; at once if there is no thread
     */
    public static ConnectionAttempt start(String pool, Connector connector, Runnable afterwards) {
        return start(pool, connector, afterwards, Thread::start);
    }

    static ConnectionAttempt start(String pool, Connector connector, Runnable afterwards, Consumer<Thread> starter) {
        var attempt = new ConnectionAttempt(pool, connector, afterwards);
        try {
            starter.accept(attempt.thread);
        } catch (OutOfMemoryError e) {
            // The machine gives no more threads: that passes, as a server's refusal of one more connection does.
            attempt.arrival.completeExceptionally(
                    new SQLException("pool '" + pool + "': there is no thread to connect on", "08001", e));
            afterwards.run();
        }
        return attempt;
    }

    private void connect(Connector connector) {
        Connection connection;
        try {
            connection = connector.connect();
        } catch (SQLException | RuntimeException | Error e) {
            arrival.completeExceptionally(e);
            return;
        }
        if (!arrival.complete(connection)) {
            close(connection);
        }
    }

    /** When it began, on the clock of {@link System#nanoTime()}. */
    public long startedAt() {
        return startedAt;
    }

    /** Is completed with the connection or with the failure; not to be completed by anybody else. */
    public CompletableFuture<Connection> arrival() {
        return arrival;
    }

    /** Tells whether the connection is there, or the attempt has failed. */
    public boolean isOver() {
        return arrival.isDone();
    }

    /**
     * The connection of an attempt that is over, for the one who takes it.
     *
     * @throws SQLException if the attempt has failed
     */
    public Connection taken() throws SQLException {
        try {
            return arrival.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case SQLException failure -> throw failure;
                case RuntimeException failure -> throw failure;
                case Error failure -> throw failure;
                case null, default -> throw new IllegalStateException("a connector threw what it cannot throw", e);
            }
        }
    }

    /** Has whatever came of the attempt closed, now or when it comes. */
    public void giveUp() {
        if (!arrival.cancel(false) && !arrival.isCompletedExceptionally()) {
            close(arrival.join());
        }
    }

    /** Waits so long for what it may still do: also for the close of a connection that came too late. */
    public void awaitEnd(Duration timeout) throws InterruptedException {
        if (thread.getState() != Thread.State.NEW) {
            var _ = thread.join(timeout);
        }
    }

    private void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("pool '{}': a connection that came too late did not close", pool, e);
        }
    }
}

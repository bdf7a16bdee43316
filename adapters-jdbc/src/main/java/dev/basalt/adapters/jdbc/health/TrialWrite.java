package dev.basalt.adapters.jdbc.health;

import dev.basalt.adapters.jdbc.connection.Connector;
import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.domain.failure.DatabaseFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether the database takes writes, by a real one. One trial at a time, on a thread of its own, since a server
 * that hangs may be tried before the one that answers. Thread-safe.
 *
 * <p>Each trial has a connection as the next caller's would be: an older one may have other settings, or lead to another
 * server.
 */
final class TrialWrite implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TrialWrite.class);

    /** How long the close waits for a trial that hangs. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final String pool;
    private final Dialect dialect;
    private final Duration limit;
    private final Consumer<Boolean> passed;
    private final Consumer<DatabaseFailure.ReadOnly> refused;
    private final Reconnecting connections;
    private final ConnectionUse use;
    private final Thread thread;

    /** For the thread that tries. */
    private boolean warned;

    // What follows is guarded by this object's lock.
    private boolean wanted;
    private boolean undecided;
    private boolean closed;
    private boolean underWay;

    /**
     * Makes a trial that waits to be asked for.
     *
     * @param limit the longest that a write may take; the connector bounds how long it takes to connect
     * @param passed called when no write was refused, with whether one was committed: without a table there is none
     * @param refused called when one was refused
     */
    TrialWrite(
            String pool,
            Connector connector,
            Dialect dialect,
            Duration limit,
            Consumer<Boolean> passed,
            Consumer<DatabaseFailure.ReadOnly> refused) {
        this.pool = pool;
        this.dialect = dialect;
        this.limit = limit;
        this.passed = passed;
        this.refused = refused;
        this.connections = new Reconnecting(pool, connector);
        this.use = new ConnectionUse(pool, dialect);
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("basalt-" + pool + "-trial-write")
                .unstarted(this::tryUntilClosed);
    }

    /** Begins to wait to be asked. To be called once, before the close. */
    void start() {
        thread.start();
    }

    /** Has a trial begin; after the one under way, which may have begun before there was a reason. Waits for nothing. */
    synchronized void ask() {
        wanted = true;
        undecided = true;
        notifyAll();
    }

    /** Has a trial begin unless one is under way: for a reason that there was before already. Waits for nothing. */
    synchronized void askAgain() {
        if (!underWay) {
            ask();
        }
    }

    /** Tells whether one was asked for, and none since has found out anything. */
    synchronized boolean isUndecided() {
        return undecided;
    }

    /** Takes in that so much time has passed, and frees the thread of a trial that has hung for too long. */
    void look(Duration elapsed) {
        use.look(elapsed, limit);
    }

    private void tryUntilClosed() {
        try {
            while (awaitWanted()) {
                try {
                    tryOnce();
                } catch (RuntimeException | Error e) {
                    LOG.error("pool '{}': a trial write failed, and the next one is made when it is due", pool, e);
                } finally {
                    ended();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void ended() {
        underWay = false;
    }

    private synchronized boolean awaitWanted() throws InterruptedException {
        while (!wanted && !closed) {
            wait();
        }
        wanted = false;
        underWay = true;
        return !closed;
    }

    private void tryOnce() throws InterruptedException {
        boolean wrote;
        try (Connection fresh = connections.connect()) {
            if (!dialect.takesWrites(fresh)) {
                decided();
                refused.accept(new DatabaseFailure.ReadOnly("pool '" + pool + "': the server takes no writes", null));
                return;
            }
            wrote = use.of(fresh, this::write);
        } catch (SQLException e) {
            failed(dialect.translate(pool, e));
            return;
        }
        decided();
        passed.accept(wrote);
    }

    private void failed(DatabaseFailure failure) {
        switch (failure) {
            case DatabaseFailure.ReadOnly refusal -> {
                decided();
                refused.accept(refusal);
            }
            // If the database is gone, the next beat notices; if it is busy, the next trial may find out.
            case DatabaseFailure.ConnectionFailed _,
                    DatabaseFailure.AuthenticationFailed _,
                    DatabaseFailure.TimedOut _,
                    DatabaseFailure.OutcomeUnknown _,
                    DatabaseFailure.SerializationConflict _ -> {}
            default -> {
                if (!warned) {
                    warned = true;
                    LOG.warn("pool '{}': the table for trial writes cannot be used: {}", pool, failure.getMessage());
                }
                decided();
                passed.accept(false);
            }
        }
    }

    private synchronized void decided() {
        undecided = wanted;
    }

    /** Tells whether it was committed; not where there is no table for it. */
    private boolean write(Connection on) throws SQLException {
        if (!dialect.hasTable(on, ProbeTable.NAME)) {
            return false;
        }
        ProbeTable.write(on, dialect);
        return true;
    }

    /** Ends the trial under way and all others, and waits a little for its end. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        use.close();
        connections.close();
        try {
            if (!thread.equals(Thread.currentThread())) {
                thread.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

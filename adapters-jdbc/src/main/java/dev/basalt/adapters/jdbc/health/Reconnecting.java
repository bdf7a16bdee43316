package dev.basalt.adapters.jdbc.health;

import dev.basalt.adapters.jdbc.connection.ConnectionAttempt;
import dev.basalt.adapters.jdbc.connection.Connector;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Opens a connection by attempts that overlap: while one hangs, the next begins, and the first one that succeeds wins. So a
 * database that comes back is reached at once, though an attempt that began before may hang for seconds; and one that is
 * slow to let anybody in is reached as well. When nobody who takes writes has answered for a while, each server is tried by
 * itself as well. For one caller at a time, but for {@link #close()}.
 */
final class Reconnecting {

    /** The most attempts under way; with the pauses between them they span longer than the driver spends on one. */
    static final int MOST = 10;

    /** From one attempt to the next. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** And so much longer for each one that hangs, not to burden a server that is slow. */
    private static final Duration PAUSE_FOR_EACH = Duration.ofMillis(50);

    /** How long who takes writes may be slow to let anybody in before others are tried as well. */
    static final Duration DETOUR_AFTER = Duration.ofSeconds(1);

    /** How long the close waits for attempts that hang. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final String pool;
    private final Routes routes;

    // What follows is guarded by this object's lock.
    /** From the oldest to the youngest. */
    private final List<Attempt> underWay = new ArrayList<>();
    /** How many of them began in earlier calls: if these fail, that says nothing of the database as it is now. */
    private int stale;

    private long calledAt;
    private long begunAt;
    /** How many servers were tried since who takes writes was. */
    private int detours;

    private boolean detour;
    private boolean closed;

    Reconnecting(String pool, Routes routes) {
        this.pool = pool;
        this.routes = routes;
    }

    /** Tells whether the last connection leads to a server that answered while none that takes writes did. */
    synchronized boolean isDetour() {
        return detour;
    }

    /**
     * Waits for the first attempt that succeeds, also if it began in an earlier call, or for one of this call to fail.
     *
     * @throws SQLException if one to where writes are taken has failed, or if this is closed
     */
    synchronized Connection connect() throws SQLException, InterruptedException {
        stale = underWay.size();
        calledAt = System.nanoTime();
        for (begin(); !closed; begin()) {
            Connection connection = arrived();
            if (connection != null) {
                letGo();
                return connection;
            }
            while (!closed && untilNext() > 0 && underWay.stream().noneMatch(Attempt::isOver)) {
                TimeUnit.NANOSECONDS.timedWait(this, untilNext());
            }
        }
        throw new SQLException("pool '" + pool + "' is closed", "08003");
    }

    private long untilNext() {
        Duration pause = PAUSE.plus(PAUSE_FOR_EACH.multipliedBy(underWay.size()));
        return begunAt + pause.toNanos() - System.nanoTime();
    }

    /** Begins an attempt if it is time for it: with the first one of a call, always. */
    private void begin() {
        boolean first = stale == underWay.size();
        if (!closed && (first || untilNext() <= 0)) {
            begunAt = System.nanoTime();
            if (underWay.size() < MOST) {
                underWay.add(next());
            }
        }
    }

    /** After a while, one server after the other, and then again who takes writes. */
    private Attempt next() {
        boolean late = begunAt - calledAt >= DETOUR_AFTER.toNanos();
        detours = late ? (detours + 1) % (routes.servers().size() + 1) : 0;
        Connector way = detours == 0 ? routes.writes() : routes.servers().get(detours - 1);
        return new Attempt(ConnectionAttempt.start(pool, way, this::look), detours > 0);
    }

    private synchronized void look() {
        notifyAll();
    }

    private @Nullable Connection arrived() throws SQLException {
        SQLException failure = null;
        for (int i = underWay.size() - 1; i >= 0; i--) {
            if (!underWay.get(i).isOver()) {
                continue;
            }
            Attempt over = underWay.remove(i);
            boolean wasStale = i < stale;
            stale -= wasStale ? 1 : 0;
            try {
                Connection connection = over.connecting.taken();
                detour = over.detour;
                return connection;
            } catch (SQLException e) {
                failure = wasStale || over.detour ? failure : e;
            }
        }
        if (failure != null) {
            throw failure;
        }
        return null;
    }

    private void letGo() {
        underWay.forEach(attempt -> attempt.connecting.giveUp());
        underWay.clear();
    }

    /** Ends the wait, has nothing come of the attempts under way, and waits a little for their end. */
    void close() {
        List<Attempt> last;
        synchronized (this) {
            closed = true;
            last = List.copyOf(underWay);
            letGo();
            notifyAll();
        }
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (Attempt attempt : last) {
                attempt.connecting.awaitEnd(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One attempt, and whether it leads to a server that may take no writes. */
    private record Attempt(ConnectionAttempt connecting, boolean detour) {

        boolean isOver() {
            return connecting.isOver();
        }
    }
}

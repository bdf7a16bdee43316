package dev.basalt.adapters.jdbc.health;

import dev.basalt.adapters.jdbc.connection.ConnectionAttempt;
import dev.basalt.adapters.jdbc.connection.Connector;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Opens a connection by attempts that overlap: while one hangs, the next begins, and the first one that succeeds wins. So a
 * database that comes back is reached at once, though an attempt that began before may hang for seconds; and one that is
 * slow to let anybody in is reached as well. When nobody who takes writes has answered for a while, each server is tried by
 * itself, once, and one that takes writes is preferred. For one caller at a time, but for {@link #close()}.
 */
final class Reconnecting {

    /**
     * The most attempts under way for each server; with the pauses between them they span longer than the driver spends on
     * one, which may wait for each server.
     */
    static final int MOST = 10;

    /** From one attempt to the next. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** And so much longer for each one that hangs, not to burden a server that is slow. */
    private static final Duration PAUSE_FOR_EACH = Duration.ofMillis(50);

    /** How long a connection to who is only read is kept back, in case that somebody who takes writes comes as well. */
    private static final Duration SPARE_FOR = Duration.ofMillis(250);

    /** How long the close waits for attempts that hang. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final String pool;
    private final Routes routes;
    private final Duration detourAfter;
    private final Predicate<Connection> takesWrites;

    // What follows is guarded by this object's lock.
    /** From the oldest to the youngest. */
    private final List<Attempt> underWay = new ArrayList<>();
    /** How many of them began in earlier calls: if these fail, that says nothing of the database as it is now. */
    private int stale;

    private long calledAt;
    private long begunAt;
    private boolean onDetour;
    private @Nullable Attempt spare;
    private long spareUntil;
    private boolean closed;

    /** Makes one for a single server. */
    Reconnecting(String pool, Connector connector) {
        this(pool, Routes.to(connector), Duration.ZERO, _ -> true);
    }

    /**
     * Makes one for one server or several.
     *
     * @param detourAfter how long the way to who takes writes may be slow before each server is tried by itself
     * @param takesWrites tells of a connection whether its server does
     */
    Reconnecting(String pool, Routes routes, Duration detourAfter, Predicate<Connection> takesWrites) {
        this.pool = pool;
        this.routes = routes;
        this.detourAfter = detourAfter;
        this.takesWrites = takesWrites;
    }

    /**
     * Waits for the first attempt that succeeds, also if it began in an earlier call, or for one of this call to fail.
     *
     * @throws SQLException if one to where writes are taken has failed, or if this is closed
     */
    synchronized Connection connect() throws SQLException, InterruptedException {
        stale = underWay.size();
        calledAt = System.nanoTime();
        onDetour = false;
        for (begin(); !closed; begin()) {
            Connection connection = arrived();
            if (connection != null) {
                letGo();
                return connection;
            }
            while (!closed
                    && untilNext() > 0
                    && !isSpareDue()
                    && underWay.stream().noneMatch(Attempt::isOver)) {
                TimeUnit.NANOSECONDS.timedWait(
                        this, spare == null ? untilNext() : Math.min(untilNext(), spareUntil - System.nanoTime()));
            }
        }
        throw new SQLException("pool '" + pool + "' is closed", "08003");
    }

    private long untilNext() {
        Duration pause = PAUSE.plus(PAUSE_FOR_EACH.multipliedBy(underWay.size()));
        return begunAt + pause.toNanos() - System.nanoTime();
    }

    private boolean isSpareDue() {
        return spare != null && spareUntil - System.nanoTime() <= 0;
    }

    /** Begins an attempt if it is time for it: with the first one of a call, always. */
    private void begin() {
        boolean first = stale == underWay.size();
        if (!closed && (first || untilNext() <= 0)) {
            begunAt = System.nanoTime();
            begin(routes.writes(), false);
            if (!onDetour && begunAt - calledAt >= detourAfter.toNanos()) {
                onDetour = true;
                routes.servers().forEach(server -> begin(server, true));
            }
        }
    }

    private void begin(Connector way, boolean detour) {
        if (underWay.size() < MOST * Math.max(1, routes.servers().size())) {
            underWay.add(new Attempt(ConnectionAttempt.start(pool, way, this::look), detour));
        }
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
                if (!over.detour || takesWrites.test(connection)) {
                    return connection;
                }
                keep(over);
            } catch (SQLException e) {
                failure = wasStale || over.detour ? failure : e;
            }
        }
        if (spare != null && (failure != null || isSpareDue())) {
            Connection connection = spare.connecting.taken();
            spare = null;
            return connection;
        }
        if (failure != null) {
            throw failure;
        }
        return null;
    }

    private void keep(Attempt readOnly) {
        if (spare == null) {
            spare = readOnly;
            spareUntil = System.nanoTime() + SPARE_FOR.toNanos();
        } else {
            readOnly.connecting.giveUp();
        }
    }

    private void letGo() {
        underWay.forEach(attempt -> attempt.connecting.giveUp());
        underWay.clear();
        if (spare != null) {
            spare.connecting.giveUp();
            spare = null;
        }
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

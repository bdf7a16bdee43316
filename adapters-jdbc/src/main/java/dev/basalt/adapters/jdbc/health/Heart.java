package dev.basalt.adapters.jdbc.health;

import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.adapters.jdbc.pool.Connector;
import dev.basalt.adapters.jdbc.pool.Leases;
import dev.basalt.adapters.jdbc.transaction.WriteWatch;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.Heartbeat;
import dev.basalt.domain.settings.HealthSettings;
import dev.basalt.ports.BackendListener;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one judge of whether a database is up: asks it again and again on a connection of its own, outside the pool, and has
 * the pool admit callers or refuse them. Thread-safe.
 *
 * <p>One thread beats, and may hang in the driver; another one looks how late the beat is, and gives up the connection that
 * it hangs on. Whenever the pool's connections may be broken, or may lead to where nothing is written, they are all
 * replaced: after the heartbeat has lost its own, and when writes begin or cease to be refused.
 */
public final class Heart implements WriteWatch, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Heart.class);

    /** From one look to the next. */
    private static final Duration LOOK = Duration.ofMillis(100);

    /** How long the close waits for a thread that hangs in the driver. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final String pool;
    private final Leases leases;
    private final Dialect dialect;
    private final HealthSettings settings;
    private final Announcer announcer;
    private final HeartbeatConnection connection;
    private final Thread beating;
    private final Thread looking;

    private volatile Heartbeat verdict;
    private volatile boolean refusingWrites;

    // What follows is guarded by this object's lock.
    private final Diagnosis diagnosis;
    private boolean admitting;
    private boolean closed;
    private boolean unanswered;
    private boolean tryingToWrite;
    private long begunAt;
    private Duration unansweredFor = Duration.ZERO;
    private Duration triedFor = Duration.ZERO;
    private Duration callersWaitedFor = Duration.ZERO;

    /**
     * Makes a heart that does not beat yet.
     *
     * @param connector opens the heartbeat's connections; gives up in a second or two, so that an attempt which began
     *     before the database came back does not last long after it
     */
    public Heart(
            Leases leases, Connector connector, Dialect dialect, BackendListener listener, HealthSettings settings) {
        this.pool = leases.name();
        this.leases = leases;
        this.dialect = dialect;
        this.settings = settings;
        this.announcer = new Announcer(pool, listener);
        this.connection = new HeartbeatConnection(pool, connector, dialect, announcer::connectionFailed);
        this.diagnosis = new Diagnosis(pool, settings.pingTimeout(), Instant.now());
        this.verdict = diagnosis.verdict(Instant.now());
        this.begunAt = System.nanoTime() - settings.probeInterval().toNanos();
        this.beating = thread("heartbeat", this::beatUntilClosed);
        this.looking = thread("heartbeat-watch", this::lookUntilClosed);
    }

    /** Has the next beat log in anew, as the pool's connections do when they are replaced. */
    public void renew() {
        connection.renew();
    }

    /** Begins to beat; waits for nothing. To be called once, before the close. */
    public void start() {
        beating.start();
        looking.start();
    }

    private Thread thread(String use, Runnable work) {
        return Thread.ofPlatform().daemon().name("basalt-" + pool + "-" + use).unstarted(work);
    }

    /** The standing verdict, at once. */
    public Heartbeat verdict() {
        return verdict;
    }

    @Override
    public void refused(DatabaseFailure.ReadOnly failure) {
        update(state -> state.refusedWrite(failure));
    }

    @Override
    public boolean isSuspicious() {
        return refusingWrites;
    }

    @Override
    public void wrote() {
        update(Diagnosis::wrote);
    }

    private void beatUntilClosed() {
        try {
            while (awaitNextBeat()) {
                turn(this::beat);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connection.disconnect();
        }
    }

    /** A thread that ended by what one turn threw would leave the last verdict standing for ever. */
    private void turn(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.error("pool '{}': the heartbeat failed, and goes on", pool, e);
        }
    }

    private synchronized boolean awaitNextBeat() throws InterruptedException {
        unanswered = false;
        while (!closed) {
            Duration interval =
                    verdict.status() == HealthStatus.HEALTHY ? settings.wellInterval() : settings.probeInterval();
            long left = begunAt + interval.toNanos() - System.nanoTime();
            if (left <= 0) {
                begunAt = System.nanoTime();
                unansweredFor = Duration.ZERO;
                unanswered = true;
                diagnosis.beatBegan();
                return true;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return false;
    }

    private void beat() {
        long start = System.nanoTime();
        try {
            Duration answerTime = connection.ask();
            if (connection.wasLost()) {
                leases.distrustConnections();
            }
            answered(start, answerTime);
            if (lacksWrite()) {
                tryToWrite();
            }
        } catch (SQLException e) {
            if (connection.isBusy(e)) {
                answered(start, since(start));
            } else {
                failed(dialect.translate(pool, e));
            }
        } catch (RuntimeException | Error e) {
            failed(new DatabaseFailure.ConnectionFailed("pool '" + pool + "': the heartbeat failed", e));
        }
    }

    private void answered(long start, Duration answerTime) {
        Duration elapsed = since(start);
        boolean callersWait = leases.waiting() > 0;
        Instant connectedSince = connection.connectedSince();
        update(state -> {
            unanswered = false;
            state.connected(connectedSince);
            state.answered(Instant.now(), elapsed, answerTime, callersWait);
        });
        announcer.answered(answerTime);
    }

    private void failed(DatabaseFailure failure) {
        Instant connectedSince = connection.connectedSince();
        update(state -> {
            state.connected(connectedSince);
            state.failed(failure);
        });
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private synchronized boolean lacksWrite() {
        return diagnosis.lacksWrite();
    }

    private void tryToWrite() {
        tryingToWrite(true);
        try {
            if (connection.write()) {
                wrote();
            }
        } catch (SQLException e) {
            // Anything else says nothing about writes; if the database is gone, the next beat notices.
            if (dialect.translate(pool, e) instanceof DatabaseFailure.ReadOnly failure) {
                refused(failure);
            }
        } finally {
            tryingToWrite(false);
        }
    }

    private synchronized void tryingToWrite(boolean begins) {
        tryingToWrite = begins;
        triedFor = Duration.ZERO;
    }

    private void lookUntilClosed() {
        Duration pause = shorter(LOOK, settings.pingTimeout());
        try {
            for (long last = System.nanoTime(); awaitNextLook(pause); ) {
                long now = System.nanoTime();
                // Who has slept for long, because the machine had, cannot say that others are late.
                Duration elapsed = shorter(Duration.ofNanos(now - last), pause.multipliedBy(2));
                last = now;
                turn(() -> look(elapsed));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private synchronized boolean awaitNextLook(Duration pause) throws InterruptedException {
        long end = System.nanoTime() + pause.toNanos();
        for (long left = pause.toNanos(); !closed && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return !closed;
    }

    private void look(Duration elapsed) {
        boolean callersWait = leases.waiting() > 0;
        update(state -> {
            unansweredFor = unanswered ? unansweredFor.plus(elapsed) : Duration.ZERO;
            triedFor = tryingToWrite ? triedFor.plus(elapsed) : Duration.ZERO;
            callersWaitedFor = callersWait ? callersWaitedFor.plus(elapsed) : Duration.ZERO;
            state.unanswered(unansweredFor);
            state.callersWaited(callersWaitedFor);
        });
        if (hangs()) {
            connection.abandon();
        }
    }

    /** A trial write that hangs is given up as a heartbeat is, but says nothing of whether the database is up. */
    private synchronized boolean hangs() {
        return unansweredFor.compareTo(settings.pingTimeout()) >= 0 || triedFor.compareTo(settings.pingTimeout()) >= 0;
    }

    /** Takes in what has happened, under the lock, and does what follows from it. */
    private void update(Consumer<Diagnosis> event) {
        boolean writesTurned;
        synchronized (this) {
            if (closed) {
                return;
            }
            event.accept(diagnosis);
            writesTurned = refusingWrites != diagnosis.refusesWrites();
            refusingWrites = diagnosis.refusesWrites();
            HealthStatus before = verdict.status();
            verdict = diagnosis.verdict(Instant.now());
            admitOrRefuse();
            if (verdict.status() != before) {
                announcer.changed(verdict);
                // The next beat may be due earlier now.
                notifyAll();
            }
        }
        if (writesTurned) {
            leases.distrustConnections();
        }
        announcer.announce();
    }

    private void admitOrRefuse() {
        DatabaseFailure failure = verdict.failure();
        if (failure == null || verdict.usable()) {
            if (!admitting) {
                leases.admit();
                admitting = true;
            }
        } else if (diagnosis.isJudged()) {
            leases.refuse(failure, verdict.since());
            admitting = false;
        }
    }

    /** Ends the threads and the connection, and waits for their end, also if called again; nobody is told of it. */
    @Override
    public void close() {
        synchronized (this) {
            if (!closed) {
                closed = true;
                verdict = closedVerdict();
                notifyAll();
            }
        }
        connection.close();
        beating.interrupt();
        join(looking);
        join(beating);
    }

    private Heartbeat closedVerdict() {
        Heartbeat last = verdict;
        return new Heartbeat(
                HealthStatus.UNHEALTHY,
                Instant.now(),
                last.lastGood(),
                last.roundTrip(),
                null,
                last.errorCount(),
                new DatabaseFailure.ConnectionFailed("pool '" + pool + "' is closed", null));
    }

    private static void join(Thread thread) {
        try {
            if (!thread.equals(Thread.currentThread())) {
                thread.join(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

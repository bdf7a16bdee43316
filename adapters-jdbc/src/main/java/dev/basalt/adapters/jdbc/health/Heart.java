package dev.basalt.adapters.jdbc.health;

import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.adapters.jdbc.pool.Leases;
import dev.basalt.adapters.jdbc.transaction.TransactionWatch;
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
 * it hangs on. A third one tries to write where that is in doubt. When nothing was heard of the database for the ping
 * time-out, the connections that callers hang on are given up as well. Where there are several servers and the one that
 * takes writes is silent, one that is only read is asked in its place: then callers that read are served, and writes are
 * refused. Whenever the pool's connections may be broken, or
 * may lead to where nothing is written, they are all replaced: after the heartbeat has lost its own, and when writes begin
 * or cease to be refused.
 */
public final class Heart implements TransactionWatch, AutoCloseable {

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
    private final TrialWrite trialWrite;
    private final Thread beating;
    private final Lookout lookout;
    /** How long a beat may hang on one server: so long that another one can still be asked within the ping time-out. */
    private final Duration hangLimit;

    /** For the thread that beats. Where writes were never taken, nothing is wrong without them. */
    private boolean tookWrites;

    private volatile Heartbeat verdict;
    private volatile boolean refusingWrites;
    /** Since the writers' connections were last replaced. */
    private volatile boolean refusedCaller;

    // What follows is guarded by this object's lock.
    private final Diagnosis diagnosis;
    private final Doorkeeper doorkeeper;
    private boolean detour;
    private boolean closed;
    private boolean suspected;
    private long begunAt;
    private final Lateness lateness = new Lateness();

    /**
     * Makes a heart that does not beat yet.
     *
     * @param routes where the heartbeat's connections lead
     */
    public Heart(Leases leases, Routes routes, Dialect dialect, BackendListener listener, HealthSettings settings) {
        this.pool = leases.name();
        this.leases = leases;
        this.dialect = dialect;
        this.settings = settings;
        this.announcer = new Announcer(pool, listener);
        Duration third = settings.pingTimeout().dividedBy(3);
        this.hangLimit = routes.differ() ? third : settings.pingTimeout();
        this.connection = new HeartbeatConnection(
                pool,
                routes,
                dialect,
                third.compareTo(Diagnosis.LATE) < 0 ? third : Diagnosis.LATE,
                announcer::connectionFailed);
        this.trialWrite = new TrialWrite(
                pool, routes.writes(), dialect, settings.pingTimeout(), this::triedToWrite, this::refused);
        this.doorkeeper = new Doorkeeper(leases);
        this.diagnosis = new Diagnosis(pool, settings.pingTimeout(), Instant.now());
        this.verdict = diagnosis.verdict(Instant.now());
        this.begunAt = System.nanoTime() - settings.probeInterval().toNanos();
        this.beating = Thread.ofPlatform()
                .daemon()
                .name("basalt-" + pool + "-heartbeat")
                .unstarted(this::beatUntilClosed);
        Duration pause = settings.pingTimeout().compareTo(LOOK) < 0 ? settings.pingTimeout() : LOOK;
        this.lookout = new Lookout(pool, pause, this::look);
    }

    /** Has the next beat log in anew, as the pool's connections do when they are replaced. */
    public void renew() {
        connection.renew();
    }

    /** Begins to beat; waits for nothing. To be called once, before the close. */
    public void start() {
        beating.start();
        lookout.start();
        trialWrite.start();
    }

    /** The standing verdict, at once. */
    public Heartbeat verdict() {
        return verdict;
    }

    /** Has the heart beat soon instead of in its own time: somebody has lost a connection, or found one that is dead. */
    @Override
    public synchronized void lostConnection() {
        suspected = true;
        notifyAll();
    }

    @Override
    public void refused(DatabaseFailure.ReadOnly failure) {
        refusedCaller = true;
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
                beatOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connection.disconnect();
        }
    }

    /** A thread that ended by what one beat threw would leave the last verdict standing for ever. */
    private void beatOnce() {
        try {
            beat();
        } catch (RuntimeException | Error e) {
            LOG.error("pool '{}': the heartbeat failed, and goes on", pool, e);
        }
    }

    private synchronized boolean awaitNextBeat() throws InterruptedException {
        lateness.beatEnded();
        while (!closed) {
            long left = begunAt + interval().toNanos() - System.nanoTime();
            if (left <= 0) {
                begunAt = System.nanoTime();
                suspected = false;
                lateness.beatBegan();
                diagnosis.beatBegan();
                return true;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return false;
    }

    /** A server that refuses the role is asked no more often than one that is well: each time it has work with it. */
    private Duration interval() {
        boolean unhurried = verdict.status() == HealthStatus.HEALTHY
                || verdict.failure() instanceof DatabaseFailure.AuthenticationFailed;
        return unhurried && !suspected ? settings.wellInterval() : settings.probeInterval();
    }

    private void beat() {
        long start = System.nanoTime();
        try {
            Duration answerTime = connection.ask();
            boolean lost = connection.wasLost();
            if (lost && !connection.isDetour()) {
                leases.distrustConnections();
            }
            answered(start, answerTime);
            tookWrites |= connection.takesWrites();
            // Whoever answers instead may be a server that takes no writes.
            if (lost && tookWrites) {
                trialWrite.ask();
            } else if (lacksWrite() || trialWrite.isUndecided()) {
                trialWrite.askAgain();
            }
        } catch (SQLException e) {
            if (connection.isBusy(e)) {
                answered(start, Duration.ofNanos(System.nanoTime() - start));
            } else {
                failed(dialect.translate(pool, e));
            }
        } catch (RuntimeException | Error e) {
            failed(new DatabaseFailure.ConnectionFailed("pool '" + pool + "': the heartbeat failed", e));
        }
    }

    private void answered(long start, Duration answerTime) {
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        boolean callersWait = leases.waiting() > 0;
        Instant connectedSince = connection.connectedSince();
        boolean elsewhere = connection.isDetour();
        update(state -> {
            detour = elsewhere;
            if (!elsewhere) {
                lateness.heard();
            } else {
                lateness.heardReadOnly();
                if (!state.lacksWrite()) {
                    state.refusedWrite(new DatabaseFailure.ReadOnly(
                            "pool '" + pool + "': no server that takes writes answers, only one that is read", null));
                }
            }
            state.connected(connectedSince);
            state.answered(Instant.now(), elapsed, answerTime, callersWait);
        });
        announcer.answered(answerTime);
    }

    private void failed(DatabaseFailure failure) {
        Instant connectedSince = connection.connectedSince();
        update(state -> {
            lateness.failed(failure);
            state.connected(connectedSince);
            state.failed(failure);
        });
    }

    private synchronized boolean lacksWrite() {
        return diagnosis.lacksWrite();
    }

    private synchronized boolean isOnDetour() {
        return detour;
    }

    /** A trial write was not refused. */
    private void triedToWrite(boolean committed) {
        boolean turns = committed && lacksWrite();
        boolean elsewhere = isOnDetour();
        if (committed) {
            wrote();
        }
        if (turns) {
            // Writers on the old connections would be refused again, and so keep the refusal from ending.
            leases.distrustConnections();
        } else if (refusedCaller && !committed) {
            // The same where nothing can be written on trial, but the server would take it.
            refusedCaller = false;
            leases.distrustWriters();
        }
        if (turns || elsewhere) {
            // The heartbeat has found another server while this one did not answer.
            connection.renew();
            lostConnection();
        }
    }

    private void look(Duration elapsed) {
        boolean callersWait = leases.waiting() > 0;
        update(state -> {
            lateness.look(elapsed, callersWait);
            state.unanswered(lateness.unanswered());
            state.callersWaited(lateness.callersWaited());
        });
        if (connection.look(elapsed, hangLimit)) {
            gaveUp();
        }
        trialWrite.look(elapsed);
        // At each look, as somebody may just have got a connection when the callers were refused.
        freeHanging();
    }

    private synchronized void gaveUp() {
        lateness.gaveUp();
    }

    /** Under the lock, or callers who are let through at that moment would be taken for some that hang. */
    private synchronized void freeHanging() {
        if (lateness.isSilent(settings.pingTimeout())) {
            doorkeeper.freeHanging().run();
        }
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
            if (diagnosis.isJudged()) {
                doorkeeper.follow(verdict, detour);
            }
            if (verdict.status() != before) {
                announcer.changed(verdict);
                // The next beat may be due earlier now.
                notifyAll();
            }
        }
        if (writesTurned) {
            leases.distrustWriters();
        }
        announcer.announce();
    }

    /** Ends the threads and the connection, and waits for their end, also if called again; nobody is told of it. */
    @Override
    public void close() {
        synchronized (this) {
            if (!closed) {
                closed = true;
                verdict = diagnosis.closed(Instant.now());
                notifyAll();
            }
        }
        connection.close();
        beating.interrupt();
        lookout.close();
        trialWrite.close();
        join(lookout.thread());
        join(beating);
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

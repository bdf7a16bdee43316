package dev.basalt.adapters.jdbc.health;

import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which heartbeats, waiting callers and refused writes become a verdict. It has no clock and no thread; who
 * has them tells it what happens. Not thread-safe.
 *
 * <ul>
 *   <li>UNHEALTHY: not yet reached, refused, or the heartbeat is late by the ping time-out. Ends with the next heartbeat
 *       that is answered.
 *   <li>DEGRADED: the heartbeat is late by {@link #LATE}; callers were waiting for a connection at every look for {@link
 *       #WAITING}; or a write was refused. Ends after {@value #GOOD_BEATS} heartbeats in a row that are answered in time,
 *       find nobody waiting, and, if a write was refused, follow one that was committed.
 * </ul>
 */
final class Diagnosis {

    static final Duration LATE = Duration.ofSeconds(1);
    static final Duration WAITING = Duration.ofSeconds(2);
    static final int GOOD_BEATS = 2;

    private final String pool;
    private final Duration pingTimeout;

    private @Nullable DatabaseFailure down;
    private @Nullable DatabaseFailure late;
    private @Nullable DatabaseFailure waiting;
    private DatabaseFailure.@Nullable ReadOnly refused;
    private boolean judged;
    private boolean wrote;
    private boolean beatLost;
    private int goodBeats;

    private HealthStatus status = HealthStatus.UNHEALTHY;
    private Instant since;
    private @Nullable Instant lastGood;
    private Duration roundTrip = Duration.ZERO;
    private @Nullable Instant connectedSince;
    private long errorCount;

    /** A database that has not been reached yet. */
    Diagnosis(String pool, Duration pingTimeout, Instant openedAt) {
        this.pool = pool;
        this.pingTimeout = pingTimeout;
        this.since = openedAt;
        this.down = new DatabaseFailure.ConnectionFailed(message("the database has not been reached yet"), null);
    }

    void connected(@Nullable Instant at) {
        connectedSince = at;
    }

    void beatBegan() {
        beatLost = false;
    }

    /** The heartbeat is under way for so long. */
    void unanswered(Duration elapsed) {
        if (elapsed.compareTo(pingTimeout) >= 0) {
            lost(new DatabaseFailure.TimedOut(
                    message("the database did not answer the heartbeat within " + pingTimeout), null));
        } else if (elapsed.compareTo(LATE) >= 0) {
            goodBeats = 0;
            late = new DatabaseFailure.TimedOut(message("the heartbeat is late by " + LATE), null);
        }
    }

    /** The heartbeat has failed. */
    void failed(DatabaseFailure failure) {
        lost(failure);
    }

    private void lost(DatabaseFailure failure) {
        if (!beatLost) {
            beatLost = true;
            errorCount++;
        }
        judged = true;
        goodBeats = 0;
        down = failure;
    }

    /**
     * The heartbeat was answered.
     *
     * @param elapsed since it began
     * @param answerTime how long the database took to answer
     * @param callersWait whether callers are waiting for a connection now
     */
    void answered(Instant at, Duration elapsed, Duration answerTime, boolean callersWait) {
        judged = true;
        down = null;
        lastGood = at;
        roundTrip = answerTime;
        if (elapsed.compareTo(LATE) >= 0) {
            unanswered(LATE);
        }
        goodBeats = elapsed.compareTo(LATE) < 0 && !callersWait ? goodBeats + 1 : 0;
        if (goodBeats >= GOOD_BEATS) {
            late = null;
            waiting = null;
            refused = wrote ? null : refused;
        }
    }

    /** Callers were waiting for a connection at every look for so long. */
    void callersWaited(Duration elapsed) {
        if (elapsed.compareTo(WAITING) >= 0) {
            goodBeats = 0;
            waiting = new DatabaseFailure.PoolExhausted(
                    message("callers have been waiting for connections for " + WAITING), WAITING);
        }
    }

    /** A write was refused. */
    void refusedWrite(DatabaseFailure.ReadOnly failure) {
        refused = failure;
        wrote = false;
        goodBeats = 0;
    }

    /** A transaction that wrote was committed. */
    void wrote() {
        wrote = true;
    }

    /** Tells whether a write was refused and none was committed since. */
    boolean lacksWrite() {
        return refused != null && !wrote;
    }

    /** Tells whether a write was refused and it is not over yet. */
    boolean refusesWrites() {
        return refused != null;
    }

    /** Tells whether there is a verdict: a heartbeat was answered, failed, or was late by the ping time-out. */
    boolean isJudged() {
        return judged;
    }

    /** The verdict as it stands now. */
    Heartbeat verdict(Instant now) {
        DatabaseFailure lacking = refused != null ? refused : late != null ? late : waiting;
        DatabaseFailure failure = down != null ? down : lacking;
        HealthStatus next =
                down != null ? HealthStatus.UNHEALTHY : failure == null ? HealthStatus.HEALTHY : HealthStatus.DEGRADED;
        if (next != status) {
            status = next;
            since = now;
        }
        return new Heartbeat(status, since, lastGood, roundTrip, connectedSince, errorCount, failure);
    }

    /** The verdict on a database that is not asked any more. */
    Heartbeat closed(Instant now) {
        var failure = new DatabaseFailure.ConnectionFailed("pool '" + pool + "' is closed", null);
        return new Heartbeat(HealthStatus.UNHEALTHY, now, lastGood, roundTrip, null, errorCount, failure);
    }

    private String message(String what) {
        return "pool '" + pool + "': " + what;
    }
}

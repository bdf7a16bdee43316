package dev.basalt.adapters.jdbc.health;

import dev.basalt.domain.failure.DatabaseFailure;
import java.sql.SQLException;
import java.time.Duration;

/**
 * For how long what should not last has lasted, added up from look to look: so a machine that was asleep meanwhile makes
 * nobody late. Not thread-safe.
 */
final class Lateness {

    private static final String CONNECTION_EXCEPTION = "08";

    private boolean unanswered;
    private boolean unheard;
    private boolean gaveUp;
    private Duration unansweredFor = Duration.ZERO;
    private Duration unheardFor = Duration.ZERO;
    private Duration callersWaitedFor = Duration.ZERO;

    void beatBegan() {
        unanswered = true;
        unansweredFor = Duration.ZERO;
    }

    void beatEnded() {
        unanswered = false;
    }

    /** The database has answered. */
    void heard() {
        unanswered = false;
        unheard = false;
        gaveUp = false;
        unheardFor = Duration.ZERO;
    }

    /** A heartbeat has hung for so long that its connection was given up. */
    void gaveUp() {
        gaveUp = true;
    }

    /** A server that is only read has answered: that says nothing of one that was given up. */
    void heardReadOnly() {
        if (gaveUp) {
            unanswered = false;
            unheard = true;
        } else {
            heard();
        }
    }

    /** The heartbeat has failed: perhaps because of what the database itself said, perhaps because nobody is there. */
    void failed(DatabaseFailure failure) {
        unheard = failure instanceof DatabaseFailure.TimedOut
                || (failure.getCause() instanceof SQLException cause
                        && cause.getSQLState() != null
                        && cause.getSQLState().startsWith(CONNECTION_EXCEPTION));
        if (!unheard) {
            unheardFor = Duration.ZERO;
        }
    }

    void look(Duration elapsed, boolean callersWait) {
        unansweredFor = added(unansweredFor, elapsed, unanswered);
        unheardFor = added(unheardFor, elapsed, unanswered || unheard);
        callersWaitedFor = added(callersWaitedFor, elapsed, callersWait);
    }

    private static Duration added(Duration sum, Duration elapsed, boolean lasts) {
        return lasts ? sum.plus(elapsed) : Duration.ZERO;
    }

    /** How long the heartbeat under way has been unanswered. */
    Duration unanswered() {
        return unansweredFor;
    }

    /** How long callers have been waiting for a connection. */
    Duration callersWaited() {
        return callersWaitedFor;
    }

    /** Tells whether for so long nothing was heard of the database, by however many heartbeats. */
    boolean isSilent(Duration limit) {
        return unheardFor.compareTo(limit) >= 0;
    }
}

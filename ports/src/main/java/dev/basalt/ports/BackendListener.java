package dev.basalt.ports;

import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.health.Heartbeat;
import dev.basalt.domain.pool.CloseReason;
import java.time.Duration;

/**
 * Is told what happens in a backend. Called on the thread that it happens on, so it must be quick; what it throws is
 * lost. Implementations are thread-safe.
 */
public interface BackendListener {

    /** Listens to nothing. */
    BackendListener NONE = new BackendListener() {};

    /** A connection was opened, in so much time. */
    default void connectionCreated(String pool, Duration took) {}

    /** A connection could not be opened. */
    default void connectionFailed(String pool, DatabaseFailure failure) {}

    /** A connection was closed. */
    default void connectionClosed(String pool, CloseReason reason) {}

    /** A caller got a connection after so much time. Who gets none in time is counted by the pool's statistics. */
    default void connectionAcquired(String pool, Duration waited) {}

    /** A caller gave a connection back that it had for so much time. */
    default void connectionReleased(String pool, Duration used) {}

    /** A heartbeat was answered, in so much time. */
    default void heartbeatAnswered(String pool, Duration took) {}

    /** The standing verdict has another status than before. */
    default void healthChanged(String pool, Heartbeat heartbeat) {}

    /** A statement has run, or failed, in so much time; its parameters are not in the SQL. */
    default void statementExecuted(String pool, String sql, Duration took, boolean succeeded) {}
}

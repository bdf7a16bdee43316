package dev.basalt.app.backends;

import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.health.Heartbeat;
import dev.basalt.domain.pool.CloseReason;
import dev.basalt.ports.BackendListener;
import java.time.Duration;
import java.util.List;

/** Several listeners as one: what one of them throws does not keep the others from listening. */
final class Listeners implements BackendListener {

    private final Audience<BackendListener> audience;

    Listeners(List<BackendListener> listeners) {
        audience = new Audience<>(listeners);
    }

    @Override
    public void connectionCreated(String pool, Duration took) {
        audience.tell(pool, listener -> listener.connectionCreated(pool, took));
    }

    @Override
    public void connectionFailed(String pool, DatabaseFailure failure) {
        audience.tell(pool, listener -> listener.connectionFailed(pool, failure));
    }

    @Override
    public void connectionClosed(String pool, CloseReason reason) {
        audience.tell(pool, listener -> listener.connectionClosed(pool, reason));
    }

    @Override
    public void connectionAcquired(String pool, Duration waited) {
        audience.tell(pool, listener -> listener.connectionAcquired(pool, waited));
    }

    @Override
    public void connectionReleased(String pool, Duration used) {
        audience.tell(pool, listener -> listener.connectionReleased(pool, used));
    }

    @Override
    public void heartbeatAnswered(String pool, Duration took) {
        audience.tell(pool, listener -> listener.heartbeatAnswered(pool, took));
    }

    @Override
    public void healthChanged(String pool, Heartbeat heartbeat) {
        audience.tell(pool, listener -> listener.healthChanged(pool, heartbeat));
    }

    @Override
    public void statementExecuted(String pool, String sql, Duration took, boolean succeeded) {
        audience.tell(pool, listener -> listener.statementExecuted(pool, sql, took, succeeded));
    }
}

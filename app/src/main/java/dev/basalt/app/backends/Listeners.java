package dev.basalt.app.backends;

import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.health.Heartbeat;
import dev.basalt.domain.pool.CloseReason;
import dev.basalt.ports.BackendListener;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several listeners as one: what one of them throws does not keep the others from listening. */
final class Listeners implements BackendListener {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<BackendListener> listeners;

    Listeners(List<BackendListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void connectionCreated(String pool, Duration took) {
        tell(pool, listener -> listener.connectionCreated(pool, took));
    }

    @Override
    public void connectionFailed(String pool, DatabaseFailure failure) {
        tell(pool, listener -> listener.connectionFailed(pool, failure));
    }

    @Override
    public void connectionClosed(String pool, CloseReason reason) {
        tell(pool, listener -> listener.connectionClosed(pool, reason));
    }

    @Override
    public void connectionAcquired(String pool, Duration waited) {
        tell(pool, listener -> listener.connectionAcquired(pool, waited));
    }

    @Override
    public void connectionReleased(String pool, Duration used) {
        tell(pool, listener -> listener.connectionReleased(pool, used));
    }

    @Override
    public void heartbeatAnswered(String pool, Duration took) {
        tell(pool, listener -> listener.heartbeatAnswered(pool, took));
    }

    @Override
    public void healthChanged(String pool, Heartbeat heartbeat) {
        tell(pool, listener -> listener.healthChanged(pool, heartbeat));
    }

    @Override
    public void statementExecuted(String pool, String sql, Duration took, boolean succeeded) {
        tell(pool, listener -> listener.statementExecuted(pool, sql, took, succeeded));
    }

    private void tell(String pool, Consumer<BackendListener> event) {
        for (BackendListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("pool '{}': a listener has failed", pool, e);
            }
        }
    }
}

package dev.basalt.app.resilience;

import dev.basalt.domain.failure.DatabaseFailure;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several listeners as one: what one of them throws does not keep the others from listening. */
final class Listeners implements ResilienceListener {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

    private final List<ResilienceListener> listeners;

    Listeners(List<ResilienceListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void retried(String pool, int attempt, DatabaseFailure failure) {
        tell(pool, listener -> listener.retried(pool, attempt, failure));
    }

    @Override
    public void recovered(String pool, int attempts) {
        tell(pool, listener -> listener.recovered(pool, attempts));
    }

    @Override
    public void gaveUp(String pool, int attempts, GaveUp reason, DatabaseFailure failure) {
        tell(pool, listener -> listener.gaveUp(pool, attempts, reason, failure));
    }

    @Override
    public void failed(String pool, DatabaseFailure failure) {
        tell(pool, listener -> listener.failed(pool, failure));
    }

    @Override
    public void circuitChanged(String pool, CircuitState from, CircuitState to) {
        tell(pool, listener -> listener.circuitChanged(pool, from, to));
    }

    private void tell(String pool, Consumer<ResilienceListener> event) {
        for (ResilienceListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("pool '{}': a listener has failed", pool, e);
            }
        }
    }
}

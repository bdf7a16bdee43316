package dev.basalt.app.resilience;

import dev.basalt.app.backends.Audience;
import dev.basalt.domain.failure.DatabaseFailure;
import java.util.List;

/** Several listeners as one: what one of them throws does not keep the others from listening. */
final class Listeners implements ResilienceListener {

    private final Audience<ResilienceListener> audience;

    Listeners(List<ResilienceListener> listeners) {
        audience = new Audience<>(listeners);
    }

    @Override
    public void retried(String pool, int attempt, DatabaseFailure failure) {
        audience.tell(pool, listener -> listener.retried(pool, attempt, failure));
    }

    @Override
    public void recovered(String pool, int attempts) {
        audience.tell(pool, listener -> listener.recovered(pool, attempts));
    }

    @Override
    public void gaveUp(String pool, int attempts, GaveUp reason, DatabaseFailure failure) {
        audience.tell(pool, listener -> listener.gaveUp(pool, attempts, reason, failure));
    }

    @Override
    public void failed(String pool, DatabaseFailure failure) {
        audience.tell(pool, listener -> listener.failed(pool, failure));
    }

    @Override
    public void circuitChanged(String pool, CircuitState from, CircuitState to) {
        audience.tell(pool, listener -> listener.circuitChanged(pool, from, to));
    }
}

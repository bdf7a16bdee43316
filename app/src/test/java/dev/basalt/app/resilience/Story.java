package dev.basalt.app.resilience;

import dev.basalt.domain.failure.DatabaseFailure;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what a listener is told, a line each. */
final class Story implements ResilienceListener {

    private final List<String> lines = new CopyOnWriteArrayList<>();

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void retried(String pool, int attempt, DatabaseFailure failure) {
        lines.add("%s: attempt %d: %s".formatted(pool, attempt, name(failure)));
    }

    @Override
    public void recovered(String pool, int attempts) {
        lines.add("%s: recovered in attempt %d".formatted(pool, attempts));
    }

    @Override
    public void gaveUp(String pool, int attempts, GaveUp reason, DatabaseFailure failure) {
        lines.add("%s: gave up after attempt %d, %s: %s".formatted(pool, attempts, reason, name(failure)));
    }

    @Override
    public void failed(String pool, DatabaseFailure failure) {
        lines.add("%s: failed: %s".formatted(pool, name(failure)));
    }

    @Override
    public void circuitChanged(String pool, CircuitState from, CircuitState to) {
        lines.add("%s: %s -> %s".formatted(pool, from.code(), to.code()));
    }

    private static String name(DatabaseFailure failure) {
        return failure.getClass().getSimpleName();
    }
}

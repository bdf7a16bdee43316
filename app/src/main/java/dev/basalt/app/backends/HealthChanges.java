package dev.basalt.app.backends;

import dev.basalt.domain.health.Heartbeat;
import dev.basalt.ports.BackendListener;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Wakes whoever waits for a database to come or go. It only wakes: the verdict itself is asked for, because one that came
 * before somebody began to listen is gone. Thread-safe.
 */
@Singleton
public final class HealthChanges implements BackendListener {

    private final Map<String, List<Runnable>> waiting = new ConcurrentHashMap<>();

    /** Runs the action whenever the verdict on this pool has changed; it must be quick. */
    public void subscribe(String pool, Runnable action) {
        waiting.computeIfAbsent(pool, _ -> new CopyOnWriteArrayList<>()).add(action);
    }

    @Override
    public void healthChanged(String pool, Heartbeat heartbeat) {
        waiting.getOrDefault(pool, List.of()).forEach(Runnable::run);
    }
}

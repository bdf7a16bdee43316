package dev.basalt.adapters.jdbc.health;

import dev.basalt.adapters.jdbc.pool.Audience;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.health.Heartbeat;
import dev.basalt.ports.BackendListener;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Tells the listener what the heartbeat finds; what it throws is lost. Thread-safe. */
final class Announcer {

    private final String pool;
    private final Audience audience;
    private final Queue<Heartbeat> changes = new ConcurrentLinkedQueue<>();

    /** How often it was asked to announce since the changes were last seen to be none. */
    private final AtomicInteger asked = new AtomicInteger();

    Announcer(String pool, BackendListener listener) {
        this.pool = pool;
        this.audience = new Audience(pool, listener);
    }

    void connectionFailed(DatabaseFailure failure) {
        audience.tell(listener -> listener.connectionFailed(pool, failure));
    }

    void answered(Duration took) {
        audience.tell(listener -> listener.heartbeatAnswered(pool, took));
    }

    /** Keeps a change until {@link #announce()}; in the order of the calls. */
    void changed(Heartbeat change) {
        changes.add(change);
    }

    /**
     * Tells of the changes in their order. The one thread that does so takes on what others add meanwhile, so that no lock is
     * held while the listener works, and nobody else waits for it.
     */
    void announce() {
        if (asked.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            for (Heartbeat change = changes.poll(); change != null; change = changes.poll()) {
                Heartbeat next = change;
                audience.tell(listener -> listener.healthChanged(pool, next));
            }
            seen = asked.addAndGet(-seen);
        } while (seen > 0);
    }
}

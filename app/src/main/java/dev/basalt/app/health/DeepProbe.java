package dev.basalt.app.health;

import dev.basalt.domain.health.ProbeDepth;
import dev.basalt.domain.health.ProbeResult;
import dev.basalt.ports.Backend;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Probes one pool deeply when somebody asks for it, at most once a second: who asks meanwhile gets the running probe's
 * result, or the last one. Thread-safe.
 */
final class DeepProbe {

    private static final long SHORTEST_PAUSE_NANOS = 1_000_000_000L;

    private final Backend backend;
    private final Duration timeout;
    private final Consumer<ProbeResult> listener;
    /** The running probe or the last one; guarded by this. */
    private @Nullable CompletableFuture<ProbeResult> latest;

    private long startedAt;

    /**
     * Probes nothing yet.
     *
     * @param listener is told what each probe has found
     */
    DeepProbe(Backend backend, Duration timeout, Consumer<ProbeResult> listener) {
        this.backend = backend;
        this.timeout = timeout;
        this.listener = listener;
    }

    /** The result, which is there no later than the time-out. */
    synchronized CompletableFuture<ProbeResult> result() {
        CompletableFuture<ProbeResult> known = latest;
        if (known != null && (!known.isDone() || System.nanoTime() - startedAt < SHORTEST_PAUSE_NANOS)) {
            return known;
        }
        var running = new CompletableFuture<ProbeResult>();
        latest = running;
        startedAt = System.nanoTime();
        // Not a virtual thread: an embedded database works on the caller's, and would hold up its carrier.
        var _ = Thread.ofPlatform()
                .daemon()
                .name("basalt-" + backend.pool().name() + "-deep-probe")
                .start(() -> probe(running));
        return running;
    }

    private void probe(CompletableFuture<ProbeResult> running) {
        try {
            ProbeResult result = backend.health().probe(ProbeDepth.DEEP, timeout);
            running.complete(result);
            listener.accept(result);
        } catch (Throwable e) {
            // It never throws; if it does so nevertheless, nobody must wait for ever.
            running.completeExceptionally(e);
        }
    }
}

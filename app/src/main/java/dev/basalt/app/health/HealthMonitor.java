package dev.basalt.app.health;

import dev.basalt.app.resilience.CircuitState;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.Heartbeat;
import dev.basalt.domain.health.ProbeDepth;
import dev.basalt.domain.health.ProbeResult;
import dev.basalt.domain.settings.HealthSettings;
import dev.basalt.ports.Backend;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches one pool: the heartbeat's verdict and the circuit as they change, and a probe through the pool now and then,
 * which finds what a connection of its own cannot. Keeps the last changes, and logs each of them once. Thread-safe.
 */
final class HealthMonitor {

    private static final Logger LOG = LoggerFactory.getLogger(HealthMonitor.class);

    /** How many changes are kept. */
    static final int HISTORY = 50;

    private final Backend backend;
    private final HealthSettings settings;
    private final Duration interval;
    private final Supplier<CircuitState> circuit;
    private final BooleanSupplier stopping;
    private final Consumer<ProbeResult> listener;
    /** Has a permit when the heartbeat's verdict has changed. */
    private final Semaphore changed = new Semaphore(0);

    /** Guards the rest. */
    private final Object lock = new Object();

    private final Deque<HealthChange> history = new ArrayDeque<>();
    private @Nullable ProbeResult probed;
    private @Nullable HealthStatus known;
    private Instant since = Instant.now();
    private @Nullable Thread thread;

    /**
     * Watches nothing yet.
     *
     * @param interval from one probe through the pool to the next
     * @param circuit whether callers are let through
     * @param stopping whether the service stops, when going down is nothing to tell of
     * @param listener is told what each probe through the pool has found
     */
    HealthMonitor(
            Backend backend,
            HealthSettings settings,
            Duration interval,
            Supplier<CircuitState> circuit,
            BooleanSupplier stopping,
            Consumer<ProbeResult> listener) {
        this.backend = backend;
        this.settings = settings;
        this.interval = interval;
        this.circuit = circuit;
        this.stopping = stopping;
        this.listener = listener;
    }

    /** A platform thread: the probe of an embedded database runs on it, and must not hold up virtual ones. */
    void start() {
        thread = Thread.ofPlatform()
                .daemon()
                .name("basalt-" + pool() + "-health")
                .start(this::watch);
    }

    void stop() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }

    /** Has it look at the heartbeat at once. */
    void wake() {
        changed.release();
    }

    /** The last probe through the pool; empty before the first. */
    Optional<ProbeResult> lastProbe() {
        synchronized (lock) {
            return Optional.ofNullable(probed);
        }
    }

    /** The last changes, the latest first. */
    List<HealthChange> history() {
        synchronized (lock) {
            return List.copyOf(history);
        }
    }

    /** Since when the status is what it is. */
    Instant since() {
        synchronized (lock) {
            return since;
        }
    }

    private void watch() {
        try {
            long next = System.nanoTime();
            while (!stopping.getAsBoolean()) {
                try {
                    if (look().heartbeat().usable()
                            && (System.nanoTime() - next >= 0 || lastProbe().isEmpty())) {
                        probe();
                        next = System.nanoTime() + pause().toNanos();
                    }
                } catch (RuntimeException e) {
                    LOG.error("pool '{}': it could not be looked at", pool(), e);
                }
                var _ = changed.tryAcquire(settings.wellInterval().toMillis(), TimeUnit.MILLISECONDS);
                changed.drainPermits();
            }
        } catch (InterruptedException e) {
            // The service stops.
            Thread.currentThread().interrupt();
        }
    }

    /** A failure is looked at again soon. */
    private Duration pause() {
        Duration soon = settings.wellInterval();
        boolean failed = lastProbe()
                .map(result -> result.status() != HealthStatus.HEALTHY)
                .orElse(false);
        return failed && soon.compareTo(interval) < 0 ? soon : interval;
    }

    private void probe() {
        ProbeResult result = backend.health().probe(ProbeDepth.QUERY, settings.pingTimeout());
        LOG.debug("pool '{}': probed, {}", pool(), result.status());
        listener.accept(result);
        synchronized (lock) {
            probed = result;
        }
        var _ = look();
    }

    /** What holds now; takes note of it if it is news. */
    Look look() {
        Runnable news = () -> {};
        Look look;
        synchronized (lock) {
            // In the lock, so that nobody takes note of an older one later.
            Heartbeat heartbeat = backend.health().heartbeat();
            if (!heartbeat.usable()) {
                // Of before it went down; once it is back, the next probe comes at once.
                probed = null;
            }
            CircuitState letsThrough = circuit.get();
            Verdict verdict = Verdict.of(heartbeat, probed).beside(letsThrough);
            boolean unknownYet = known == null && !heartbeat.usable() && heartbeat.errorCount() == 0;
            if (verdict.status() != known && !unknownYet && !stopping.getAsBoolean()) {
                news = noted(verdict);
            }
            look = new Look(heartbeat, letsThrough, verdict);
        }
        // Not in the lock: who writes the log may be slow.
        news.run();
        return look;
    }

    /** What a look found. */
    record Look(Heartbeat heartbeat, CircuitState circuit, Verdict verdict) {}

    /** Notes a change, and gives what is to be logged of it. */
    private Runnable noted(Verdict verdict) {
        HealthStatus from = known;
        Instant now = Instant.now();
        String lasted = lasted(from, now);
        history.addFirst(new HealthChange(now, from, verdict.status(), verdict.code()));
        if (history.size() > HISTORY) {
            history.removeLast();
        }
        known = verdict.status();
        since = now;
        if (verdict.status() == HealthStatus.HEALTHY) {
            return () -> LOG.info("pool '{}': {} -> HEALTHY{}", pool(), from == null ? "new" : from, lasted);
        }
        return () -> LOG.warn(
                "pool '{}': {} -> {}{}: {}: {}",
                pool(),
                from == null ? "new" : from,
                verdict.status(),
                lasted,
                verdict.code(),
                verdict.error() == null ? verdict.message() : verdict.error());
    }

    private String lasted(@Nullable HealthStatus from, Instant now) {
        return from == null
                ? ""
                : " (was so since " + since + ", "
                        + Duration.between(since, now).toMillis() + " ms)";
    }

    private String pool() {
        return backend.pool().name();
    }
}

package dev.basalt.app.health;

import dev.basalt.app.backends.Backends;
import dev.basalt.app.backends.HealthChanges;
import dev.basalt.app.lifecycle.Readiness;
import dev.basalt.app.lifecycle.Schemas;
import dev.basalt.app.resilience.Resilience;
import dev.basalt.app.settings.PoolConfiguration;
import dev.basalt.app.settings.Settings;
import dev.basalt.domain.health.ProbeDepth;
import dev.basalt.domain.health.ProbeResult;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/** How the service is, and the monitors that keep it known. Thread-safe. */
@Singleton
public final class Health implements ApplicationEventListener<ServerStartupEvent> {

    private final List<WatchedPool> pools;

    Health(
            Backends backends,
            Settings settings,
            Schemas schemas,
            Readiness readiness,
            Resilience resilience,
            HealthChanges changes,
            List<ProbeListener> listeners) {
        pools = settings.pools().stream()
                .map(pool -> watched(pool, backends, settings, schemas, readiness, resilience, listeners))
                .toList();
        pools.forEach(pool -> changes.subscribe(pool.name(), pool.monitor()::wake));
    }

    private static WatchedPool watched(
            PoolConfiguration pool,
            Backends backends,
            Settings settings,
            Schemas schemas,
            Readiness readiness,
            Resilience resilience,
            List<ProbeListener> listeners) {
        var backend = backends.get(pool.name());
        Consumer<ProbeResult> probed = result -> listeners.forEach(listener -> listener.probed(pool.name(), result));
        var monitor = new HealthMonitor(
                backend,
                pool.database().health(),
                settings.monitor().healthCheckInterval(),
                () -> resilience.circuit(pool.name()),
                readiness::draining,
                probed);
        var deep = new DeepProbe(backend, pool.database().health().pingTimeout(), probed);
        return new WatchedPool(backend, pool.critical(), monitor, deep, () -> schemas.of(pool.name()));
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        pools.forEach(pool -> pool.monitor().start());
    }

    @PreDestroy
    void stop() {
        pools.forEach(pool -> pool.monitor().stop());
    }

    /** What the heartbeats tell, at once. */
    public HealthReport known() {
        return report(Instant.now(), System.nanoTime(), WatchedPool::beating);
    }

    /**
     * What is found by looking as deeply as that. PING and QUERY answer with what is known already, from the heartbeats and
     * from the last probes through the pools; DEEP with what a probe of every pool finds now, which takes no longer than
     * their ping time-outs.
     */
    public CompletableFuture<HealthReport> report(ProbeDepth depth) {
        return switch (depth) {
            case PING -> CompletableFuture.completedFuture(known());
            case QUERY ->
                CompletableFuture.completedFuture(report(Instant.now(), System.nanoTime(), WatchedPool::probed));
            case DEEP -> deep();
        };
    }

    private CompletableFuture<HealthReport> deep() {
        var checkedAt = Instant.now();
        long start = System.nanoTime();
        var probes = new HashMap<String, CompletableFuture<ProbeResult>>();
        pools.forEach(pool -> probes.put(pool.name(), pool.deep().result()));
        return CompletableFuture.allOf(probes.values().toArray(CompletableFuture<?>[]::new))
                .thenApply(_ -> report(
                        checkedAt,
                        start,
                        pool -> pool.probed(
                                Objects.requireNonNull(probes.get(pool.name())).join())));
    }

    private HealthReport report(Instant checkedAt, long start, Function<WatchedPool, DependencyHealth> look) {
        List<DependencyHealth> dependencies = pools.stream().map(look).toList();
        return new HealthReport(dependencies, checkedAt, Duration.ofNanos(System.nanoTime() - start));
    }
}

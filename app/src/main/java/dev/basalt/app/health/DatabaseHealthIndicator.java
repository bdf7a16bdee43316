package dev.basalt.app.health;

import dev.basalt.app.backends.Backends;
import dev.basalt.app.http.Failures;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.health.ProbeDepth;
import dev.basalt.domain.health.ProbeResult;
import io.micronaut.core.async.publisher.AsyncSingleResultPublisher;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import io.micronaut.scheduling.TaskExecutors;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.reactivestreams.Publisher;

/** Probes every pool. Not part of liveness: starting the service again does not bring a database back. */
@Singleton
@Readiness
final class DatabaseHealthIndicator implements HealthIndicator {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Backends backends;
    private final ExecutorService threads;

    DatabaseHealthIndicator(Backends backends, @Named(TaskExecutors.VIRTUAL) ExecutorService threads) {
        this.backends = backends;
        this.threads = threads;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        return new AsyncSingleResultPublisher<>(threads, this::probe);
    }

    private HealthResult probe() {
        Map<String, ProbeResult> results = backends.probe(ProbeDepth.QUERY, TIMEOUT);
        var pools = new LinkedHashMap<String, Object>();
        results.forEach((pool, result) -> pools.put(pool, document(result)));
        boolean usable =
                results.values().stream().allMatch(result -> status(result).equals(HealthStatus.UP));
        return HealthResult.builder("database", usable ? HealthStatus.UP : HealthStatus.DOWN)
                .details(pools)
                .build();
    }

    /** The failure's code only: what the driver said names hosts and users. */
    private static Map<String, Object> document(ProbeResult result) {
        var details = new LinkedHashMap<String, Object>();
        details.put("verdict", result.status().name().toLowerCase(Locale.ROOT));
        details.put("waited_ms", result.waited().toMillis());
        details.put("round_trip_ms", result.roundTrip().toMillis());
        details.put("active_connections", result.stats().active());
        details.put("max_connections", result.stats().max());
        DatabaseFailure failure = result.failure();
        if (failure != null) {
            details.put("code", Failures.problem(failure).code().code());
        }
        return Map.of("status", status(result).getName(), "details", details);
    }

    private static HealthStatus status(ProbeResult result) {
        return switch (result.status()) {
            case HEALTHY, DEGRADED -> HealthStatus.UP;
            case UNHEALTHY -> HealthStatus.DOWN;
        };
    }
}

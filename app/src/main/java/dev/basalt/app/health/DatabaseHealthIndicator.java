package dev.basalt.app.health;

import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import io.micronaut.management.health.indicator.annotation.Readiness;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import org.reactivestreams.Publisher;

/**
 * The databases in the documents of Micronaut Management, from what is known: down when a critical one is. Not part of
 * liveness: starting the service again does not bring a database back.
 */
@Singleton
@Readiness
final class DatabaseHealthIndicator implements HealthIndicator {

    private final Health health;

    DatabaseHealthIndicator(Health health) {
        this.health = health;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        HealthReport report = health.known();
        var pools = new LinkedHashMap<String, Object>();
        report.dependencies().forEach(dependency -> pools.put(dependency.name(), document(dependency)));
        return Publishers.just(HealthResult.builder("database", status(report.status()))
                .details(pools)
                .build());
    }

    /** Codes only: what the driver said names hosts and users. */
    private static Map<String, Object> document(DependencyHealth dependency) {
        Verdict verdict = dependency.verdict();
        var details = new LinkedHashMap<String, Object>();
        details.put("verdict", verdict.status().name());
        details.put("critical", dependency.critical());
        details.put("response_time_ms", dependency.responseTime().toMillis());
        details.put("active_connections", dependency.stats().active());
        details.put("max_connections", dependency.stats().max());
        if (verdict.code() != null) {
            details.put("code", verdict.code());
        }
        return Map.of("status", status(verdict.status()).getName(), "details", details);
    }

    private static HealthStatus status(dev.basalt.domain.health.HealthStatus status) {
        return switch (status) {
            case HEALTHY, DEGRADED -> HealthStatus.UP;
            case UNHEALTHY -> HealthStatus.DOWN;
        };
    }
}

package dev.basalt.app.health;

import dev.basalt.domain.health.HealthStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How the service is.
 *
 * @param dependencies its databases, the primary one first
 * @param checkedAt when this was asked for
 * @param took how long it took to find out
 */
public record HealthReport(List<DependencyHealth> dependencies, Instant checkedAt, Duration took) {

    public HealthReport {
        dependencies = List.copyOf(dependencies);
    }

    /** UNHEALTHY if a critical database is, DEGRADED if anything else is wrong. */
    public HealthStatus status() {
        if (dependencies.stream().anyMatch(HealthReport::fatal)) {
            return HealthStatus.UNHEALTHY;
        }
        return wrong().isEmpty() ? HealthStatus.HEALTHY : HealthStatus.DEGRADED;
    }

    /** The databases that are not well, by name. */
    public List<String> wrong() {
        return dependencies.stream()
                .filter(dependency -> dependency.verdict().status() != HealthStatus.HEALTHY)
                .map(DependencyHealth::name)
                .toList();
    }

    private static boolean fatal(DependencyHealth dependency) {
        return dependency.critical() && dependency.verdict().status() == HealthStatus.UNHEALTHY;
    }
}

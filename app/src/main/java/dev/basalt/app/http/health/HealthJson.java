package dev.basalt.app.http.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.basalt.app.health.HealthReport;
import dev.basalt.domain.health.HealthStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/**
 * How the service is.
 *
 * @param status HEALTHY, DEGRADED (usable, but something is wrong) or UNHEALTHY (not usable)
 * @param message the same in words
 * @param dependencies its databases, the primary one first
 * @param checkedAt when this was asked for
 * @param checkDurationMs how long it took to find out
 */
@Schema(name = "Health")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HealthJson(
        HealthStatus status,
        String message,
        List<DependencyJson> dependencies,
        Instant checkedAt,
        long checkDurationMs) {

    /**
     * The document of a report.
     *
     * @param details whether it tells places, figures of the pools, what the drivers say, and what was; otherwise it has
     *     nothing that not everybody may read
     */
    public static HealthJson of(HealthReport report, boolean details) {
        return new HealthJson(
                report.status(),
                message(report),
                report.dependencies().stream()
                        .map(dependency -> DependencyJson.of(dependency, details))
                        .toList(),
                report.checkedAt(),
                report.took().toMillis());
    }

    private static String message(HealthReport report) {
        String wrong = String.join(", ", report.wrong());
        return switch (report.status()) {
            case HEALTHY -> "Everything works";
            case DEGRADED -> "Usable, but not all is well: " + wrong;
            case UNHEALTHY -> "Not usable: " + wrong;
        };
    }
}

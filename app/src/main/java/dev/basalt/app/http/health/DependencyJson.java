package dev.basalt.app.http.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.basalt.app.health.DependencyHealth;
import dev.basalt.domain.health.HealthStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one database is.
 *
 * @param name its pool
 * @param type the product behind it
 * @param status HEALTHY, DEGRADED or UNHEALTHY
 * @param isCritical whether the service is of no use without it
 * @param code what is wrong, as a stable word; absent if nothing is
 * @param message how it is, in words
 * @param error what is wrong as the database says it; only with details
 * @param config where it is, and its pool; only with details
 * @param circuit whether callers are let through: closed (they are), open, half_open
 * @param since since when its status is what it is
 * @param connectedSince since when the heartbeat's connection stands; absent while there is none
 * @param errorCount heartbeats that failed, ever
 * @param lastCheck when it was last looked at
 * @param responseTimeMs how long it took to answer then
 * @param history the last changes of its status, the latest first; only with details
 */
@Schema(name = "Dependency")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DependencyJson(
        String name,
        String type,
        HealthStatus status,
        boolean isCritical,
        @Nullable String code,
        String message,
        @Nullable String error,
        @Nullable PlaceJson config,
        String circuit,
        Instant since,
        @Nullable Instant connectedSince,
        long errorCount,
        Instant lastCheck,
        long responseTimeMs,
        @Nullable List<ChangeJson> history) {

    static DependencyJson of(DependencyHealth health, boolean details) {
        var verdict = health.verdict();
        return new DependencyJson(
                health.name(),
                health.product(),
                verdict.status(),
                health.critical(),
                verdict.code(),
                verdict.message(),
                details ? verdict.error() : null,
                details ? PlaceJson.of(health.place(), health.stats()) : null,
                health.circuit().code(),
                health.since(),
                health.heartbeat().connectedSince(),
                health.heartbeat().errorCount(),
                health.lastCheck(),
                health.responseTime().toMillis(),
                details ? health.history().stream().map(ChangeJson::of).toList() : null);
    }
}

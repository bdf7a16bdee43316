package dev.basalt.app.health;

import dev.basalt.app.http.Failures;
import dev.basalt.app.http.ProblemCode;
import dev.basalt.app.lifecycle.SchemaState;
import dev.basalt.app.resilience.CircuitState;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.Heartbeat;
import dev.basalt.domain.health.ProbeResult;
import org.jspecify.annotations.Nullable;

/**
 * How well a database is, all things taken together.
 *
 * @param status how well
 * @param code what is wrong as a stable word, or {@code null} exactly when the status is HEALTHY
 * @param message the same in words that everybody may read
 * @param error the same as the database or the driver says it, for those who may know, or {@code null} if nobody said
 *     anything
 */
public record Verdict(
        HealthStatus status,
        @Nullable String code,
        String message,
        @Nullable String error) {

    private static final Verdict WELL = new Verdict(HealthStatus.HEALTHY, null, "The database answers", null);

    /**
     * The heartbeat has the first word. Beside one that is good, a probe through the pool that failed makes a database
     * DEGRADED.
     *
     * @param probe the last probe that counts, or {@code null} if there is none
     */
    static Verdict of(Heartbeat heartbeat, @Nullable ProbeResult probe) {
        DatabaseFailure failure = heartbeat.failure();
        Verdict standing = failure == null ? WELL : of(heartbeat.status(), failure);
        return probe == null ? standing : standing.beside(probe);
    }

    /** The same, unless all is well but for this probe. */
    Verdict beside(ProbeResult probe) {
        DatabaseFailure failure = probe.failure();
        return status == HealthStatus.HEALTHY && failure != null ? of(HealthStatus.DEGRADED, failure) : this;
    }

    /** The same, unless all is well but for callers who are not let through. */
    Verdict beside(CircuitState circuit) {
        return status == HealthStatus.HEALTHY && circuit != CircuitState.CLOSED
                ? new Verdict(
                        HealthStatus.DEGRADED, ProblemCode.CIRCUIT_OPEN.code(), ProblemCode.CIRCUIT_OPEN.title(), null)
                : this;
    }

    /** The same, unless the database can be used but its schema is not ready. */
    Verdict beside(SchemaState schema) {
        if (status == HealthStatus.UNHEALTHY || schema.ready()) {
            return this;
        }
        String description = schema.phase().description();
        return new Verdict(
                HealthStatus.UNHEALTHY,
                schema.phase().code(),
                Character.toUpperCase(description.charAt(0)) + description.substring(1),
                schema.failure());
    }

    private static Verdict of(HealthStatus status, DatabaseFailure failure) {
        ProblemCode code = Failures.problem(failure).code();
        return new Verdict(status, code.code(), code.title(), failure.getMessage());
    }
}

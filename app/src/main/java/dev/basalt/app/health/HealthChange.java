package dev.basalt.app.health;

import dev.basalt.domain.health.HealthStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of a database's status.
 *
 * @param at when it was noticed
 * @param from the status before, or {@code null} for the first that was known
 * @param to the status since
 * @param code why, as a stable word, or {@code null} if all is well
 */
public record HealthChange(
        Instant at,
        @Nullable HealthStatus from,
        HealthStatus to,
        @Nullable String code) {}

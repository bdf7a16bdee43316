package dev.basalt.domain.health;

import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.pool.PoolStats;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one probe found.
 *
 * @param depth how deeply it looked
 * @param status the verdict
 * @param waited how long it waited for a connection
 * @param roundTrip how long the database took to answer; zero if it was not reached
 * @param stats the pool right after the probe
 * @param checkedAt when the probe began
 * @param failure what went wrong, without credentials; {@code null} exactly when the status is HEALTHY
 */
public record ProbeResult(
        ProbeDepth depth,
        HealthStatus status,
        Duration waited,
        Duration roundTrip,
        PoolStats stats,
        Instant checkedAt,
        @Nullable DatabaseFailure failure) {

    public ProbeResult {
        if ((failure == null) != (status == HealthStatus.HEALTHY)) {
            throw new IllegalArgumentException("a probe is " + status + " with failure " + failure);
        }
    }
}

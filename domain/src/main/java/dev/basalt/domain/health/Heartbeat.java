package dev.basalt.domain.health;

import dev.basalt.domain.failure.DatabaseFailure;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The standing verdict on a database: what its heartbeat, on a connection of its own outside the pool, last said.
 *
 * @param status how well it is. DEGRADED: the heartbeat is late by 1 s, callers keep waiting for connections, or it takes
 *     no writes. UNHEALTHY: not yet reached, refused, or the heartbeat is late by the ping time-out
 * @param since when it began to be so
 * @param lastGood when it last answered, or {@code null} if it never has
 * @param roundTrip how long its last answer took; zero if it never answered
 * @param connectedSince since when the heartbeat's connection stands, or {@code null} while there is none
 * @param errorCount heartbeats that failed, ever
 * @param failure what is wrong, without credentials; {@code null} exactly when the status is HEALTHY
 */
public record Heartbeat(
        HealthStatus status,
        Instant since,
        @Nullable Instant lastGood,
        Duration roundTrip,
        @Nullable Instant connectedSince,
        long errorCount,
        @Nullable DatabaseFailure failure) {

    public Heartbeat {
        if ((failure == null) != (status == HealthStatus.HEALTHY)) {
            throw new IllegalArgumentException("a heartbeat is " + status + " with failure " + failure);
        }
    }

    /** Tells whether callers are let through to the database: in every state but UNHEALTHY. */
    public boolean usable() {
        return status != HealthStatus.UNHEALTHY;
    }
}

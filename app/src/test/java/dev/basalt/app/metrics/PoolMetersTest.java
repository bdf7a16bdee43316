package dev.basalt.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.AuthenticationFailed;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.TimedOut;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.ProbeDepth;
import dev.basalt.domain.health.ProbeResult;
import dev.basalt.domain.pool.CloseReason;
import dev.basalt.domain.pool.PoolStats;
import dev.basalt.domain.pool.Role;
import dev.basalt.domain.pool.RoleStats;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PoolMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PoolMeters pool = new PoolMeters(new Meters(registry), "primary", Duration.ofMillis(200));

    @Test
    void a_statement_is_slow_from_the_threshold_on() {
        pool.executed(Duration.ofMillis(199), true);
        pool.executed(Duration.ofMillis(200), false);

        assertThat(registry.get("basalt.slow.statements").counter().count()).isEqualTo(1);
        assertThat(registry.get("basalt.statement")
                        .tag("outcome", "success")
                        .timer()
                        .count())
                .isEqualTo(1);
        assertThat(registry.get("basalt.statement")
                        .tag("outcome", "failure")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void refused_credentials_are_told_apart_from_what_cannot_be_reached() {
        pool.notCreated(new AuthenticationFailed("no", null));
        pool.notCreated(new AuthenticationFailed("no", null));
        pool.notCreated(new ConnectionFailed("gone", null));
        pool.notCreated(new TimedOut("late", null));

        assertThat(failures("authentication_failed")).isEqualTo(2);
        assertThat(failures("unavailable")).isEqualTo(1);
        assertThat(failures("query_timeout")).isEqualTo(1);
    }

    @Test
    void each_reason_to_close_a_connection_is_there_before_one_is_closed() {
        pool.closed(CloseReason.FAULT);

        for (CloseReason reason : CloseReason.values()) {
            assertThat(registry.get("basalt.connections.closed")
                            .tag("reason", Meters.label(reason))
                            .counter()
                            .count())
                    .isEqualTo(reason == CloseReason.FAULT ? 1 : 0);
        }
    }

    @Test
    void a_probe_is_measured_with_its_wait_and_by_what_it_found() {
        pool.probed(probe(ProbeDepth.QUERY, null));
        pool.probed(probe(ProbeDepth.DEEP, new TimedOut("late", null)));

        assertThat(registry.get("basalt.probe")
                        .tags("depth", "query", "outcome", "success")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(7);
        assertThat(registry.get("basalt.probe")
                        .tags("depth", "deep", "outcome", "failure")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    /** One that waited for 4 ms and was answered in 3. */
    private static ProbeResult probe(ProbeDepth depth, @Nullable DatabaseFailure failure) {
        return new ProbeResult(
                depth,
                failure == null ? HealthStatus.HEALTHY : HealthStatus.UNHEALTHY,
                Duration.ofMillis(4),
                Duration.ofMillis(3),
                new PoolStats(
                        "primary",
                        List.of(new RoleStats(Role.SHARED, 10, 0, 0, 0, 0, 0, Duration.ZERO, 0, 0, Map.of()))),
                Instant.now(),
                failure);
    }

    private double failures(String reason) {
        return registry.get("basalt.connection.failures")
                .tag("reason", reason)
                .counter()
                .count();
    }
}

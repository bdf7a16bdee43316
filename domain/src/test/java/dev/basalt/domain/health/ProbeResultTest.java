package dev.basalt.domain.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.pool.PoolStats;
import dev.basalt.domain.pool.Role;
import dev.basalt.domain.pool.RoleStats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProbeResultTest {

    private final DatabaseFailure failure = new DatabaseFailure.TimedOut("no answer", null);

    @Test
    void a_healthy_probe_has_no_failure() {
        assertThat(result(HealthStatus.HEALTHY, null).failure()).isNull();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> result(HealthStatus.HEALTHY, failure))
                .withMessageContaining("HEALTHY")
                .withMessageContaining("no answer");
    }

    @ParameterizedTest
    @EnumSource(
            value = HealthStatus.class,
            names = {"DEGRADED", "UNHEALTHY"})
    void any_other_probe_has_one(HealthStatus status) {
        assertThat(result(status, failure).failure()).isSameAs(failure);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> result(status, null))
                .withMessageContaining(status.name());
    }

    private static ProbeResult result(HealthStatus status, @Nullable DatabaseFailure failure) {
        var role = new RoleStats(Role.SHARED, 10, 1, 0, 1, 0, 0, Duration.ZERO, 0, 1, Map.of());
        return new ProbeResult(
                ProbeDepth.QUERY,
                status,
                Duration.ZERO,
                Duration.ofMillis(1),
                new PoolStats("primary", List.of(role)),
                Instant.EPOCH,
                failure);
    }
}

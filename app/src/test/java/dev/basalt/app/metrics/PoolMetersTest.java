package dev.basalt.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.domain.failure.DatabaseFailure.AuthenticationFailed;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.TimedOut;
import dev.basalt.domain.pool.CloseReason;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
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

    private double failures(String reason) {
        return registry.get("basalt.connection.failures")
                .tag("reason", reason)
                .counter()
                .count();
    }
}

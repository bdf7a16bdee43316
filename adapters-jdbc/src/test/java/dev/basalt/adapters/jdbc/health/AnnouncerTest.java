package dev.basalt.adapters.jdbc.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.Heartbeat;
import dev.basalt.ports.BackendListener;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That no listener keeps the changes of a verdict from being told. */
final class AnnouncerTest {

    static List<Throwable> thrown() {
        return List.of(new IllegalStateException("no"), new LinkageError("no"), new StackOverflowError());
    }

    @ParameterizedTest
    @MethodSource("thrown")
    void what_a_listener_throws_ends_no_announcements(Throwable thrown) {
        var told = new ArrayList<HealthStatus>();
        var announcer = new Announcer("primary", new BackendListener() {
            @Override
            public void healthChanged(String pool, Heartbeat heartbeat) {
                told.add(heartbeat.status());
                if (thrown instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) thrown;
            }
        });

        announcer.changed(heartbeat(HealthStatus.UNHEALTHY));
        announcer.changed(heartbeat(HealthStatus.HEALTHY));
        announcer.announce();
        announcer.changed(heartbeat(HealthStatus.DEGRADED));
        announcer.announce();

        assertThat(told).containsExactly(HealthStatus.UNHEALTHY, HealthStatus.HEALTHY, HealthStatus.DEGRADED);
    }

    private static Heartbeat heartbeat(HealthStatus status) {
        var failure = status == HealthStatus.HEALTHY ? null : new ConnectionFailed("no", null);
        return new Heartbeat(status, Instant.now(), null, Duration.ZERO, null, 0, failure);
    }
}

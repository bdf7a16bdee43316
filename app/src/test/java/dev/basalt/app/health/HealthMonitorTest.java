package dev.basalt.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.LogLines;
import dev.basalt.app.backends.FakeBackend;
import dev.basalt.app.http.ProblemCode;
import dev.basalt.app.resilience.CircuitState;
import dev.basalt.contract.Caller;
import dev.basalt.domain.failure.DatabaseFailure.PoolExhausted;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.ProbeResult;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.HealthSettings;
import dev.basalt.domain.settings.PoolSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HealthMonitorTest {

    private static final HealthSettings OFTEN = new HealthSettings(Duration.ofMillis(10), Duration.ofSeconds(5));

    @RegisterExtension
    private final LogLines lines = LogLines.of(HealthMonitor.class);

    private final FakeBackend backend = FakeBackend.of(new DatabaseSettings(
            "primary", new DatabaseUrl("fake:x"), PoolSettings.DEFAULTS, OFTEN, Map.of(), Map.of()));
    private volatile CircuitState circuit = CircuitState.CLOSED;
    private final HealthMonitor monitor =
            new HealthMonitor(backend, OFTEN, Duration.ofHours(1), () -> circuit, () -> false, _ -> {});

    @AfterEach
    void stop() {
        monitor.stop();
    }

    @Test
    void each_change_is_kept_and_told_once_and_no_probe_is() {
        monitor.start();
        await(HealthStatus.UNHEALTHY);
        backend.comes();
        await(HealthStatus.HEALTHY);
        backend.awaitLooks(10);
        backend.goes();
        await(HealthStatus.UNHEALTHY);

        assertThat(monitor.history())
                .extracting(HealthChange::to)
                .containsExactly(HealthStatus.UNHEALTHY, HealthStatus.HEALTHY, HealthStatus.UNHEALTHY);
        assertThat(monitor.history())
                .extracting(HealthChange::code)
                .containsExactly("unavailable", null, "unavailable");
        assertThat(lines.all()).hasSize(3);
        assertThat(lines.all().get(0))
                .isEqualTo("WARN pool 'primary': new -> UNHEALTHY: unavailable: host.example refuses");
        assertThat(lines.all().get(1)).startsWith("INFO pool 'primary': UNHEALTHY -> HEALTHY (was so since ");
        assertThat(lines.all().get(2)).startsWith("WARN pool 'primary': HEALTHY -> UNHEALTHY (was so since ");
    }

    @Test
    void callers_who_are_not_let_through_beside_a_good_heartbeat_are_a_change_as_well() {
        backend.comes();
        monitor.start();
        await(HealthStatus.HEALTHY);

        circuit = CircuitState.OPEN;
        await(HealthStatus.DEGRADED);
        circuit = CircuitState.CLOSED;
        await(HealthStatus.HEALTHY);

        assertThat(monitor.history()).extracting(HealthChange::code).startsWith(null, "circuit_open", null);
        assertThat(lines.all())
                .filteredOn(line -> line.contains("HEALTHY -> DEGRADED"))
                .singleElement()
                .asString()
                .endsWith("circuit_open: " + ProblemCode.CIRCUIT_OPEN.title());
    }

    @Test
    void a_probe_that_fails_beside_a_good_heartbeat_degrades_until_one_succeeds() {
        backend.comes();
        backend.probing(_ -> Optional.of(new PoolExhausted("primary", 10, Duration.ofSeconds(5), null)));
        monitor.start();
        await(HealthStatus.DEGRADED);
        int probes = backend.probes();
        Awaitility.await().until(() -> backend.probes() > probes);

        backend.probing(_ -> Optional.empty());
        await(HealthStatus.HEALTHY);

        assertThat(monitor.history()).hasSizeLessThanOrEqualTo(3);
        assertThat(monitor.history().get(1).code()).isEqualTo("pool_exhausted");
        int enough = backend.probes();
        backend.awaitLooks(20);
        assertThat(backend.probes()).as("the next one is due in an hour").isEqualTo(enough);
    }

    @Test
    void a_database_that_is_back_is_probed_at_once_whatever_was_found_before() {
        backend.comes();
        monitor.start();
        Awaitility.await().until(() -> monitor.lastProbe().isPresent());
        backend.goes();
        await(HealthStatus.UNHEALTHY);
        assertThat(monitor.lastProbe()).isEmpty();

        backend.comes();

        Awaitility.await().until(() -> monitor.lastProbe().isPresent());
        assertThat(backend.probes()).isEqualTo(2);
    }

    @Test
    void the_history_is_bounded() {
        for (int i = 0; i < HealthMonitor.HISTORY; i++) {
            backend.comes();
            var _ = monitor.look();
            backend.goes();
            var _ = monitor.look();
        }

        assertThat(monitor.history()).hasSize(HealthMonitor.HISTORY);
        assertThat(monitor.history().getFirst().to()).isEqualTo(HealthStatus.UNHEALTHY);
    }

    @Test
    void many_that_want_a_deep_probe_share_one() {
        backend.comes();
        var release = new CountDownLatch(1);
        backend.probing(_ -> {
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return Optional.empty();
        });
        var deep = new DeepProbe(backend, Duration.ofSeconds(5), _ -> {});

        List<Caller<ProbeResult>> callers = IntStream.range(0, 20)
                .mapToObj(_ -> Caller.start(() -> deep.result().join()))
                .toList();
        Awaitility.await().until(() -> backend.probes() == 1);
        release.countDown();

        assertThat(callers.stream().map(Caller::answer).distinct()).hasSize(1);
        Awaitility.await().until(() -> {
            deep.result().join();
            return backend.probes() == 2;
        });
    }

    private void await(HealthStatus status) {
        Awaitility.await()
                .until(() -> !monitor.history().isEmpty()
                        && monitor.history().getFirst().to() == status);
    }
}

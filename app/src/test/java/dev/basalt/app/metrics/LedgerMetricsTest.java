package dev.basalt.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LedgerMetricsTest {

    @Test
    void each_batch_is_counted_with_its_size_and_its_time() {
        var registry = new SimpleMeterRegistry();
        var metrics = new LedgerMetrics(registry);

        metrics.committed(3, Duration.ofMillis(4));
        metrics.committed(1, Duration.ofMillis(2));

        assertThat(registry.get("basalt.ledger.batch.size").summary().count()).isEqualTo(2);
        assertThat(registry.get("basalt.ledger.batch.size").summary().totalAmount())
                .isEqualTo(4);
        assertThat(registry.get("basalt.ledger.batch").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(6);
    }

    @Test
    void orders_that_are_turned_away_are_counted() {
        var registry = new SimpleMeterRegistry();
        var metrics = new LedgerMetrics(registry);
        assertThat(registry.get("basalt.ledger.refused").counter().count()).isZero();

        metrics.refused();
        metrics.refused();

        assertThat(registry.get("basalt.ledger.refused").counter().count()).isEqualTo(2);
    }
}

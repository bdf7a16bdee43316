package dev.basalt.app.ledger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micronaut.context.annotation.Context;
import java.time.Duration;

/** Shows how many orders are committed at once, and how long that takes. Thread-safe. */
@Context
final class LedgerMetrics implements BatchListener {

    private final DistributionSummary sizes;
    private final Timer times;
    private final Counter refused;

    LedgerMetrics(MeterRegistry registry) {
        sizes = DistributionSummary.builder("basalt.ledger.batch.size")
                .description("Orders committed at once")
                .serviceLevelObjectives(1, 2, 4, 8, 16, 32, 64, 128, 256)
                .register(registry);
        times = Timer.builder("basalt.ledger.batch")
                .description("Committing a batch of orders")
                .serviceLevelObjectives(
                        Duration.ofMillis(1),
                        Duration.ofMillis(5),
                        Duration.ofMillis(10),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5))
                .register(registry);
        refused = Counter.builder("basalt.ledger.refused")
                .description("Orders turned away because too many were waiting, or for too long")
                .register(registry);
    }

    @Override
    public void refused() {
        refused.increment();
    }

    @Override
    public void committed(int size, Duration took) {
        sizes.record(size);
        times.record(took);
    }
}

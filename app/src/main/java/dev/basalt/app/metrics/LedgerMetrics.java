package dev.basalt.app.metrics;

import dev.basalt.app.ledger.BatchListener;
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
        var meters = new Meters(registry);
        times = meters.timer("basalt.ledger.batch", "Committing a batch of orders");
        refused = meters.counter(
                "basalt.ledger.refused", "Orders turned away because too many were waiting, or for too long");
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

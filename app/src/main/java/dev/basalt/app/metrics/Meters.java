package dev.basalt.app.metrics;

import dev.basalt.app.http.Failures;
import dev.basalt.app.http.ProblemCode;
import dev.basalt.domain.failure.DatabaseFailure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * How meters are made, so that all of a kind are alike. A meter that is there already is given again; finding it takes longer
 * than counting on it. Immutable.
 */
final class Meters {

    static final String POOL = "pool";
    static final String REASON = "reason";
    static final String STATE = "state";

    /**
     * Where the buckets of every time end: from half a millisecond to half a minute. Buckets of several instances can be
     * added up, and percentiles reckoned from the sum; percentiles that each instance reckons cannot.
     */
    private static final Duration[] BUCKETS = LongStream.of(
                    500,
                    1_000,
                    2_500,
                    5_000,
                    10_000,
                    25_000,
                    50_000,
                    100_000,
                    250_000,
                    500_000,
                    1_000_000,
                    2_500_000,
                    5_000_000,
                    10_000_000,
                    30_000_000)
            .mapToObj(micros -> Duration.ofNanos(micros * 1_000))
            .toArray(Duration[]::new);

    private final MeterRegistry registry;

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A timer with buckets; tags are names and values by turns. */
    Timer timer(String name, String description, String... tags) {
        return Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    Counter counter(String name, String description, String... tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    /** The code by which callers know the failure. */
    static ProblemCode code(DatabaseFailure failure) {
        return Failures.problem(failure).code();
    }

    /** The constant as documents have it: lower case, with underscores. */
    static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}

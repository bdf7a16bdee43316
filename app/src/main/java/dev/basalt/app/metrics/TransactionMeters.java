package dev.basalt.app.metrics;

import dev.basalt.app.http.ProblemCode;
import dev.basalt.app.resilience.CircuitState;
import dev.basalt.app.resilience.GaveUp;
import dev.basalt.domain.failure.DatabaseFailure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What became of the transactions of one pool, and its circuit. Thread-safe. */
final class TransactionMeters {

    /**
     * The codes that a transaction may fail with. Their counters are there from the start, because the first increase of a
     * counter that was not there is none: an alert would miss the first unknown outcome.
     */
    private static final Set<ProblemCode> CODES = EnumSet.of(
            ProblemCode.CIRCUIT_OPEN,
            ProblemCode.CONSTRAINT_VIOLATED,
            ProblemCode.INVALID_QUERY,
            ProblemCode.OBJECT_NOT_FOUND,
            ProblemCode.OUTCOME_UNKNOWN,
            ProblemCode.PERMISSION_DENIED,
            ProblemCode.POOL_EXHAUSTED,
            ProblemCode.QUERY_FAILED,
            ProblemCode.QUERY_TIMEOUT,
            ProblemCode.READ_ONLY,
            ProblemCode.SERIALIZATION_CONFLICT,
            ProblemCode.UNAVAILABLE);

    private final Meters meters;
    private final String pool;
    private final Counter recovered;
    private final Map<GaveUp, Counter> givenUp = new EnumMap<>(GaveUp.class);
    private final Map<CircuitState, Counter> changes = new EnumMap<>(CircuitState.class);
    private volatile CircuitState circuit = CircuitState.CLOSED;

    TransactionMeters(MeterRegistry registry, String pool) {
        this.meters = new Meters(registry);
        this.pool = pool;
        recovered =
                meters.counter("basalt.retries.recovered", "Transactions that a retry has saved", Meters.POOL, pool);
        CODES.forEach(this::errors);
        for (GaveUp reason : GaveUp.values()) {
            givenUp.put(
                    reason,
                    meters.counter(
                            "basalt.retries.given.up",
                            "Transactions that were not run again though their failure might pass",
                            Meters.POOL,
                            pool,
                            Meters.REASON,
                            Meters.label(reason)));
        }
        for (CircuitState state : CircuitState.values()) {
            changes.put(
                    state,
                    meters.counter(
                            "basalt.circuit.changes",
                            "How often the circuit came into this state",
                            Meters.POOL,
                            pool,
                            Meters.STATE,
                            state.code()));
            Gauge.builder("basalt.circuit.state", () -> circuit == state ? 1 : 0)
                    .description("1 for the state that the circuit is in")
                    .tags(Meters.POOL, pool, Meters.STATE, state.code())
                    .register(registry);
        }
    }

    private Counter errors(ProblemCode code) {
        return meters.counter(
                "basalt.errors", "Transactions that failed for good", Meters.POOL, pool, "code", code.code());
    }

    void retried(DatabaseFailure failure) {
        meters.counter(
                        "basalt.retries",
                        "Transactions that were run again",
                        Meters.POOL,
                        pool,
                        Meters.REASON,
                        Meters.code(failure).code())
                .increment();
    }

    void recovered() {
        recovered.increment();
    }

    void gaveUp(GaveUp reason) {
        Objects.requireNonNull(givenUp.get(reason)).increment();
    }

    void failed(DatabaseFailure failure) {
        errors(Meters.code(failure)).increment();
    }

    void changed(CircuitState to) {
        circuit = to;
        Objects.requireNonNull(changes.get(to)).increment();
    }
}

package dev.basalt.app.metrics;

import dev.basalt.app.http.ProblemCode;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.AuthenticationFailed;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.ProbeResult;
import dev.basalt.domain.pool.CloseReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What is counted and measured in one pool as it happens. Thread-safe. */
final class PoolMeters {

    private static final String OUTCOME = "outcome";
    private static final String SUCCESS = "success";
    private static final String FAILURE = "failure";

    private final Meters meters;
    private final String pool;
    private final Duration slowThreshold;
    private final Timer creation;
    private final Timer acquisition;
    private final Timer usage;
    private final Timer heartbeats;
    private final Timer statements;
    private final Timer failedStatements;
    private final Counter slowStatements;
    private final Map<CloseReason, Counter> closed = new EnumMap<>(CloseReason.class);

    /**
     * Makes the meters.
     *
     * @param slowThreshold from which time on a statement is slow
     */
    PoolMeters(Meters meters, String pool, Duration slowThreshold) {
        this.meters = meters;
        this.pool = pool;
        this.slowThreshold = slowThreshold;
        creation = meters.timer("hikaricp.connections.creation", "Opening a connection", Meters.POOL, pool);
        acquisition = meters.timer("hikaricp.connections.acquire", "Getting a connection", Meters.POOL, pool);
        usage = meters.timer("hikaricp.connections.usage", "Having a connection", Meters.POOL, pool);
        heartbeats = meters.timer("basalt.heartbeat", "Answering a heartbeat", Meters.POOL, pool);
        statements = statements(SUCCESS);
        failedStatements = statements(FAILURE);
        slowStatements = meters.counter(
                "basalt.slow.statements", "Statements that took longer than the threshold", Meters.POOL, pool);
        for (CloseReason reason : CloseReason.values()) {
            String name = Meters.label(reason);
            closed.put(
                    reason,
                    meters.counter(
                            "basalt.connections.closed", "Connections closed", Meters.POOL, pool, Meters.REASON, name));
        }
        // There from the start: the first increase of a counter that was not there is none.
        var _ = failures("authentication_failed");
        var _ = failures(ProblemCode.UNAVAILABLE.code());
    }

    private Timer statements(String outcome) {
        return meters.timer("basalt.statement", "Running a statement", Meters.POOL, pool, OUTCOME, outcome);
    }

    private Counter failures(String reason) {
        return meters.counter(
                "basalt.connection.failures",
                "Connections that could not be opened",
                Meters.POOL,
                pool,
                Meters.REASON,
                reason);
    }

    void created(Duration took) {
        creation.record(took);
    }

    /** Callers are not told apart from an outage who is refused by the database; whoever is to mend it has to know. */
    void notCreated(DatabaseFailure failure) {
        failures(
                        failure instanceof AuthenticationFailed
                                ? "authentication_failed"
                                : Meters.code(failure).code())
                .increment();
    }

    void closed(CloseReason reason) {
        Objects.requireNonNull(closed.get(reason)).increment();
    }

    void acquired(Duration waited) {
        acquisition.record(waited);
    }

    void released(Duration used) {
        usage.record(used);
    }

    void beat(Duration took) {
        heartbeats.record(took);
    }

    void executed(Duration took, boolean succeeded) {
        (succeeded ? statements : failedStatements).record(took);
        if (took.compareTo(slowThreshold) >= 0) {
            slowStatements.increment();
        }
    }

    void probed(ProbeResult result) {
        boolean well = result.status() == HealthStatus.HEALTHY;
        meters.timer(
                        "basalt.probe",
                        "Probing through the pool",
                        Meters.POOL,
                        pool,
                        "depth",
                        Meters.label(result.depth()),
                        OUTCOME,
                        well ? SUCCESS : FAILURE)
                .record(result.waited().plus(result.roundTrip()));
    }
}

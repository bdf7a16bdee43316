package dev.basalt.app.health;

import dev.basalt.app.lifecycle.SchemaState;
import dev.basalt.domain.health.Heartbeat;
import dev.basalt.domain.health.ProbeResult;
import dev.basalt.ports.Backend;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * One pool and all that looks at it.
 *
 * @param critical whether the service is of no use without it
 * @param schema where its schema stands, if that is ours
 */
record WatchedPool(
        Backend backend,
        boolean critical,
        HealthMonitor monitor,
        DeepProbe deep,
        Supplier<Optional<SchemaState>> schema) {

    String name() {
        return backend.pool().name();
    }

    /** How it is as far as its heartbeat tells. */
    DependencyHealth beating() {
        return health(Optional.empty());
    }

    /** How it is as far as its heartbeat and the last probe through the pool tell. */
    DependencyHealth probed() {
        return health(monitor.lastProbe());
    }

    /** How it is as far as its heartbeat and this probe tell. */
    DependencyHealth probed(ProbeResult probe) {
        return health(Optional.of(probe));
    }

    private DependencyHealth health(Optional<ProbeResult> probe) {
        HealthMonitor.Look look = monitor.look();
        Heartbeat heartbeat = look.heartbeat();
        Verdict verdict = look.verdict();
        Verdict beside = schema.get().map(verdict::beside).orElse(verdict);
        return new DependencyHealth(
                backend.product(),
                critical,
                probe.map(beside::beside).orElse(beside),
                monitor.since(),
                heartbeat,
                probe.map(ProbeResult::checkedAt).orElseGet(() -> lastBeat(heartbeat)),
                probe.map(result -> result.waited().plus(result.roundTrip())).orElse(heartbeat.roundTrip()),
                backend.place(),
                backend.pool().stats(),
                look.circuit(),
                monitor.history());
    }

    /** When the heartbeat's verdict was last confirmed or changed. */
    private static Instant lastBeat(Heartbeat heartbeat) {
        return Stream.of(Optional.ofNullable(heartbeat.lastGood()), Optional.of(heartbeat.since()))
                .flatMap(Optional::stream)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}

package dev.basalt.app.http.pools;

import dev.basalt.app.resilience.CircuitState;
import dev.basalt.domain.pool.CloseReason;
import dev.basalt.domain.pool.PoolStats;
import dev.basalt.ports.Backend;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a pool did since it was opened.
 *
 * @param name its name
 * @param backend the product behind it
 * @param maxConnections the most connections it was set to open; a single writer (SQLite) comes on top of them
 * @param totalConnections connections open now
 * @param activeConnections connections lent out now
 * @param idleConnections connections open and unused now
 * @param waiting callers queueing now
 * @param waitCount callers that had to queue, ever
 * @param waitDurationMs the time that callers have spent queueing, added up
 * @param timeoutCount callers that gave up queueing, ever
 * @param createdCount connections opened, ever
 * @param closedCount connections closed, ever
 * @param closed the same by reason
 * @param utilization active / max of its busiest role, from 0 to 1
 * @param circuit whether callers are let through: closed (they are), open, half_open
 * @param roles the pool's parts
 */
@Schema(name = "Pool")
record PoolJson(
        String name,
        String backend,
        int maxConnections,
        int totalConnections,
        int activeConnections,
        int idleConnections,
        int waiting,
        long waitCount,
        long waitDurationMs,
        long timeoutCount,
        long createdCount,
        long closedCount,
        Map<String, Long> closed,
        double utilization,
        String circuit,
        List<RoleJson> roles) {

    static PoolJson of(Backend backend, CircuitState circuit) {
        PoolStats stats = backend.pool().stats();
        var closed = new TreeMap<String, Long>();
        for (Map.Entry<CloseReason, Long> count : stats.closed().entrySet()) {
            closed.put(count.getKey().name().toLowerCase(Locale.ROOT), count.getValue());
        }
        return new PoolJson(
                stats.pool(),
                backend.product(),
                stats.max(),
                stats.total(),
                stats.active(),
                stats.idle(),
                stats.waiting(),
                stats.waits(),
                stats.waited().toMillis(),
                stats.timeouts(),
                stats.created(),
                closed.values().stream().mapToLong(Long::longValue).sum(),
                closed,
                stats.utilization(),
                circuit.code(),
                stats.roles().stream().map(RoleJson::of).toList());
    }
}

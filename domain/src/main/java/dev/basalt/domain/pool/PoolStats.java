package dev.basalt.domain.pool;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/**
 * What a pool did since it was opened: each role by itself, and their sums.
 *
 * @param pool the pool's name
 * @param roles its parts; at least one
 */
public record PoolStats(String pool, List<RoleStats> roles) {

    public PoolStats {
        roles = List.copyOf(roles);
        if (roles.isEmpty()) {
            throw new IllegalArgumentException("pool '" + pool + "' has no roles: at least one is needed");
        }
    }

    /**
     * The most connections that the pool was set to open for each of its roles. Writers come on top of readers, so there may
     * be more in all: one where there is a single writer, twice as many where reads and writes go to different servers.
     */
    public int max() {
        int others = roles.stream()
                .filter(part -> part.role() != Role.WRITER)
                .mapToInt(RoleStats::max)
                .sum();
        return others > 0 ? others : sum(RoleStats::max);
    }

    /** Connections open now. */
    public int total() {
        return sum(RoleStats::total);
    }

    /** Connections lent out now. */
    public int active() {
        return sum(RoleStats::active);
    }

    /** Connections open and unused now. */
    public int idle() {
        return sum(RoleStats::idle);
    }

    /** Callers queueing now. */
    public int waiting() {
        return sum(RoleStats::waiting);
    }

    /** Callers that had to queue, ever. */
    public long waits() {
        return sumLong(RoleStats::waits);
    }

    /** The time that callers have spent queueing, added up. */
    public Duration waited() {
        return roles.stream().map(RoleStats::waited).reduce(Duration.ZERO, Duration::plus);
    }

    /** Callers that gave up queueing, ever. */
    public long timeouts() {
        return sumLong(RoleStats::timeouts);
    }

    /** Connections opened, ever. */
    public long created() {
        return sumLong(RoleStats::created);
    }

    /** Connections closed, ever, by reason; reasons that never occurred stand there with 0. */
    public Map<CloseReason, Long> closed() {
        var sums = new EnumMap<CloseReason, Long>(CloseReason.class);
        for (CloseReason reason : CloseReason.values()) {
            sums.put(reason, sumLong(role -> role.closed().getOrDefault(reason, 0L)));
        }
        return sums;
    }

    /** The share that is lent out of the role that is used the most: active / max, from 0 to 1. */
    public double utilization() {
        return roles.stream()
                .mapToDouble(part -> (double) part.active() / part.max())
                .max()
                .orElseThrow();
    }

    private int sum(ToIntFunction<RoleStats> figure) {
        return roles.stream().mapToInt(figure).sum();
    }

    private long sumLong(ToLongFunction<RoleStats> figure) {
        return roles.stream().mapToLong(figure).sum();
    }
}

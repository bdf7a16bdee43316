package dev.basalt.domain.pool;

import java.time.Duration;
import java.util.Map;

/**
 * What one part of a pool did since it was opened. The figures are read one after another, not at one instant.
 *
 * @param role what the part is used for
 * @param max the most connections it opens
 * @param total connections open now
 * @param active connections lent out now, never below 0
 * @param idle connections open and unused now
 * @param waiting callers queueing now
 * @param waits callers that had to queue, ever
 * @param waited the time that callers have spent queueing, added up
 * @param timeouts callers that gave up queueing, ever
 * @param created connections opened, ever
 * @param closed connections closed, ever, by reason
 */
public record RoleStats(
        Role role,
        int max,
        int total,
        int active,
        int idle,
        int waiting,
        long waits,
        Duration waited,
        long timeouts,
        long created,
        Map<CloseReason, Long> closed) {

    public RoleStats {
        closed = Map.copyOf(closed);
    }
}

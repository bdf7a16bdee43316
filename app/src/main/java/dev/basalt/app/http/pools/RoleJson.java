package dev.basalt.app.http.pools;

import dev.basalt.domain.pool.RoleStats;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/**
 * One part of a pool.
 *
 * @param role what its connections are used for: shared, reader, writer
 * @param maxConnections the most connections it opens
 * @param totalConnections connections open now
 * @param activeConnections connections lent out now
 * @param idleConnections connections open and unused now
 * @param waiting callers queueing now
 */
@Schema(name = "PoolRole")
record RoleJson(
        String role,
        int maxConnections,
        int totalConnections,
        int activeConnections,
        int idleConnections,
        int waiting) {

    static RoleJson of(RoleStats stats) {
        return new RoleJson(
                stats.role().name().toLowerCase(Locale.ROOT),
                stats.max(),
                stats.total(),
                stats.active(),
                stats.idle(),
                stats.waiting());
    }
}

package dev.basalt.app.health;

import dev.basalt.domain.pool.PoolStats;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells from one look at a pool to the next whether it is saturated: busy at both, or with callers that had to queue in
 * between. A single look at a busy pool means nothing. For one thread at a time.
 */
final class Saturation {

    private static final Logger LOG = LoggerFactory.getLogger(Saturation.class);

    private static final double BUSY = 0.8;

    private @Nullable PoolStats last;
    /** Callers that had to wait between the last two looks but one. */
    private long waitsBefore;

    private boolean saturated;

    /** Logs what it sees: the figures each time, a saturation when it begins and when it ends. */
    void look(PoolStats now) {
        LOG.info(
                "pool '{}': {} of {} connections in use, {} idle, {} waiting, {} waited since the start, {} in vain",
                now.pool(),
                now.active(),
                now.max(),
                now.idle(),
                now.waiting(),
                now.waits(),
                now.timeouts());
        PoolStats before = last;
        last = now;
        if (before == null) {
            return;
        }
        long waits = now.waits() - before.waits();
        boolean busy = now.utilization() > BUSY && before.utilization() > BUSY;
        boolean queueing = waits > 0 && waitsBefore > 0;
        waitsBefore = waits;
        boolean isNow = busy || queueing;
        if (isNow && !saturated) {
            LOG.warn(
                    "pool '{}' is saturated: {} % in use, {} % at the last look, {} callers had to wait in between",
                    now.pool(), percent(now), percent(before), waits);
        } else if (!isNow && saturated) {
            LOG.info("pool '{}' is no longer saturated", now.pool());
        }
        saturated = isNow;
    }

    private static long percent(PoolStats stats) {
        return Math.round(stats.utilization() * 100);
    }
}

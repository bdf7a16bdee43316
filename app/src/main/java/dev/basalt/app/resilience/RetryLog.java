package dev.basalt.app.resilience;

import dev.basalt.app.logging.Seldom;
import dev.basalt.domain.failure.DatabaseFailure;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the retries of one pool: each of them, and how the calls ended that had one, since the budget bounds them. Calls that
 * are given up without any are bounded by nothing, and in an outage there may be thousands in a second: that is told by one
 * line in a while, which says how many it stands for; the rest is for DEBUG. Thread-safe.
 */
final class RetryLog {

    private static final Logger LOG = LoggerFactory.getLogger(RetryLog.class);

    private final String pool;
    private final Seldom withoutRetry;

    /**
     * Makes one for a pool.
     *
     * @param clock the time in nanoseconds
     */
    RetryLog(String pool, LongSupplier clock) {
        this.pool = pool;
        this.withoutRetry = new Seldom(clock);
    }

    void retried(int attempt, Duration pause, DatabaseFailure failure) {
        LOG.info(
                "pool '{}': attempt {} failed, the next one follows in {} ms: {}",
                pool,
                attempt,
                pause.toMillis(),
                failure.getMessage());
    }

    void recovered(int attempt) {
        LOG.info("pool '{}': attempt {} succeeded", pool, attempt);
    }

    void gaveUp(int attempts, GaveUp reason, DatabaseFailure failure) {
        String why = reason.name().toLowerCase(Locale.ROOT);
        OptionalLong others = attempts > 1 ? OptionalLong.of(0) : withoutRetry.pass();
        if (others.isPresent()) {
            LOG.warn(
                    "pool '{}': given up after attempt {} ({}){}: {}",
                    pool,
                    attempts,
                    why,
                    others(others.getAsLong()),
                    failure.getMessage());
        } else {
            LOG.debug("pool '{}': given up after attempt {} ({}): {}", pool, attempts, why, failure.getMessage());
        }
    }

    private static String others(long count) {
        return count == 0 ? "" : ", and " + count + " calls likewise since the last such line";
    }
}

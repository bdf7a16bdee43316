package dev.basalt.app.settings;

import dev.basalt.domain.settings.InvalidSetting;
import java.time.Duration;

/**
 * How often, and when, a pool's transactions are run again whose failure may pass.
 *
 * @param attempts the most attempts, the first one counted, 1 to 10; default 3; more until the deadline where an outcome is
 *     not known
 * @param baseDelay the longest wait before the second attempt; it doubles with each further one; 0 to 1 min; default 100 ms
 * @param maxDelay the longest wait before any attempt, from the base delay to 1 min; default 2 s
 * @param deadline no attempt begins later than this after the first one; more than 0, up to 10 min; default 10 s
 * @param budget the most retries, in percent of all calls, 0 to 100; default 10
 */
public record RetrySettings(int attempts, Duration baseDelay, Duration maxDelay, Duration deadline, int budget) {

    private static final Duration LONGEST_DELAY = Duration.ofMinutes(1);
    private static final Duration LONGEST_DEADLINE = Duration.ofMinutes(10);

    public static final RetrySettings DEFAULTS =
            new RetrySettings(3, Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofSeconds(10), 10);

    public RetrySettings {
        require(attempts >= 1 && attempts <= 10, "retry_attempts", attempts, "1 to 10");
        require(
                !baseDelay.isNegative() && baseDelay.compareTo(LONGEST_DELAY) <= 0,
                "retry_base_delay",
                baseDelay,
                "0 to 1 min");
        require(
                maxDelay.compareTo(baseDelay) >= 0 && maxDelay.compareTo(LONGEST_DELAY) <= 0,
                "retry_max_delay",
                maxDelay,
                "the base delay (" + baseDelay.toMillis() + " ms) to 1 min");
        require(
                deadline.isPositive() && deadline.compareTo(LONGEST_DEADLINE) <= 0,
                "retry_deadline",
                deadline,
                "more than 0, up to 10 min,");
        require(budget >= 0 && budget <= 100, "retry_budget", budget, "0 to 100 percent");
    }

    private static void require(boolean holds, String setting, Object value, String allowed) {
        if (!holds) {
            throw new InvalidSetting(setting, value, allowed);
        }
    }
}

package dev.basalt.app.settings.reading;

import static dev.basalt.app.settings.catalogue.Catalogue.BREAKER_DELAY;
import static dev.basalt.app.settings.catalogue.Catalogue.BREAKER_FAILURES;
import static dev.basalt.app.settings.catalogue.Catalogue.RETRY_ATTEMPTS;
import static dev.basalt.app.settings.catalogue.Catalogue.RETRY_BASE_DELAY;
import static dev.basalt.app.settings.catalogue.Catalogue.RETRY_BUDGET;
import static dev.basalt.app.settings.catalogue.Catalogue.RETRY_DEADLINE;
import static dev.basalt.app.settings.catalogue.Catalogue.RETRY_MAX_DELAY;

import dev.basalt.app.settings.BreakerSettings;
import dev.basalt.app.settings.RetrySettings;
import java.time.Duration;

/** When the transactions of one pool are run again, and when they are not let through. Each value is tried on its own. */
record PoolResilience(RetrySettings retry, BreakerSettings breaker) {

    private static final RetrySettings RETRY = RetrySettings.DEFAULTS;
    private static final BreakerSettings BREAKER = BreakerSettings.DEFAULTS;

    static PoolResilience of(Values values) {
        int attempts = values.number(RETRY_ATTEMPTS);
        Duration base = values.duration(RETRY_BASE_DELAY);
        Duration max = max(values, base);
        Duration deadline = values.duration(RETRY_DEADLINE);
        int budget = values.number(RETRY_BUDGET);
        int failures = values.number(BREAKER_FAILURES);
        Duration delay = values.duration(BREAKER_DELAY);

        values.check(RETRY_ATTEMPTS, () -> retry(attempts, RETRY.deadline(), RETRY.budget()));
        values.check(RETRY_BASE_DELAY, () -> delays(base, base));
        values.check(RETRY_MAX_DELAY, () -> delays(possible(base), max));
        values.check(RETRY_DEADLINE, () -> retry(RETRY.attempts(), deadline, RETRY.budget()));
        values.check(RETRY_BUDGET, () -> retry(RETRY.attempts(), RETRY.deadline(), budget));
        values.check(BREAKER_FAILURES, () -> new BreakerSettings(failures, BREAKER.delay()));
        values.check(BREAKER_DELAY, () -> new BreakerSettings(BREAKER.failures(), delay));
        return values.faultless()
                ? new PoolResilience(
                        new RetrySettings(attempts, base, max, deadline, budget), new BreakerSettings(failures, delay))
                : new PoolResilience(RETRY, BREAKER);
    }

    /** The default gives way to a base delay that a user set. */
    private static Duration max(Values values, Duration base) {
        Duration max = values.duration(RETRY_MAX_DELAY);
        if (values.byUser(RETRY_MAX_DELAY) || max.compareTo(possible(base)) >= 0) {
            return max;
        }
        values.adjust(RETRY_MAX_DELAY, base.toString(), "gives way to the base delay");
        return base;
    }

    /** A base delay at fault is told as such, and not once more with the maximum. */
    private static Duration possible(Duration base) {
        return base.isNegative() || base.compareTo(Duration.ofMinutes(1)) > 0 ? Duration.ZERO : base;
    }

    private static RetrySettings retry(int attempts, Duration deadline, int budget) {
        return new RetrySettings(attempts, RETRY.baseDelay(), RETRY.maxDelay(), deadline, budget);
    }

    private static RetrySettings delays(Duration base, Duration max) {
        return new RetrySettings(RETRY.attempts(), base, max, RETRY.deadline(), RETRY.budget());
    }
}

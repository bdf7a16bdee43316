package dev.basalt.app.settings;

import dev.basalt.domain.settings.InvalidSetting;
import java.time.Duration;

/**
 * When a pool's circuit breaker opens although the heartbeat is well.
 *
 * @param failures so many calls in a row lost their connection, 1 to 1000; default 5
 * @param delay from then to the next call that is let through, as a trial, 1 ms to 1 min; default 1 s
 */
public record BreakerSettings(int failures, Duration delay) {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    public static final BreakerSettings DEFAULTS = new BreakerSettings(5, Duration.ofSeconds(1));

    public BreakerSettings {
        if (failures < 1 || failures > 1000) {
            throw new InvalidSetting("breaker_failures", failures, "1 to 1000");
        }
        if (delay.compareTo(SHORTEST) < 0 || delay.compareTo(LONGEST) > 0) {
            throw new InvalidSetting("breaker_delay", delay, "from 1 ms to 1 min");
        }
    }
}

package dev.basalt.app.settings;

import dev.basalt.domain.settings.InvalidSetting;
import java.time.Duration;

/**
 * Which statements of a pool are logged.
 *
 * @param all whether every statement is, at DEBUG; default false
 * @param slowThreshold from which time on a statement is slow and logged as a warning, at least 1 ms; default 1 s
 */
public record StatementLogging(boolean all, Duration slowThreshold) {

    public static final StatementLogging DEFAULTS = new StatementLogging(false, Duration.ofSeconds(1));

    public StatementLogging {
        if (slowThreshold.toMillis() < 1) {
            throw new InvalidSetting("slow_query_threshold", slowThreshold, "at least 1 ms");
        }
    }
}

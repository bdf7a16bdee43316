package dev.basalt.app.settings;

import dev.basalt.domain.settings.InvalidSetting;
import java.time.Duration;

/**
 * How often the databases are looked at in the background.
 *
 * @param healthCheckInterval from one full probe through the pool to the next, 10 ms to 1 day; default 30 s
 * @param poolMonitorInterval from one log line with a pool's figures to the next, 10 ms to 1 day; default 60 s
 */
public record MonitorSettings(Duration healthCheckInterval, Duration poolMonitorInterval) {

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofDays(1);

    public static final MonitorSettings DEFAULTS = new MonitorSettings(Duration.ofSeconds(30), Duration.ofSeconds(60));

    public MonitorSettings {
        require("health_check_interval", healthCheckInterval);
        require("pool_monitor_interval", poolMonitorInterval);
    }

    private static void require(String setting, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new InvalidSetting(setting, value, "from 10 ms to 1 day");
        }
    }
}

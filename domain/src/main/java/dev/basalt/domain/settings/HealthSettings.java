package dev.basalt.domain.settings;

import java.time.Duration;

/**
 * How closely a database is watched. Immutable; nothing is corrected silently.
 *
 * @param probeInterval from one heartbeat to the next while the database is down or suspect, 10 ms to 1 min; while it is
 *     well, {@value #WELL_FACTOR} times as long; default 250 ms
 * @param pingTimeout the longest that a probe takes, and how late a heartbeat may be before the database counts as down;
 *     10 ms to 1 min; default 5 s
 */
public record HealthSettings(Duration probeInterval, Duration pingTimeout) {

    /**
     * How many times longer the interval is while all is well. By default that makes 750 ms: a database that falls silent is
     * found out within 2 s, as the next heartbeat counts as late after a second.
     */
    public static final int WELL_FACTOR = 3;

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** What holds where nothing is set. */
    public static final HealthSettings DEFAULTS = new HealthSettings(Duration.ofMillis(250), Duration.ofSeconds(5));

    public HealthSettings {
        require("probe_interval", probeInterval);
        require("ping_timeout", pingTimeout);
    }

    /** From one heartbeat to the next while all is well. */
    public Duration wellInterval() {
        return probeInterval.multipliedBy(WELL_FACTOR);
    }

    private static void require(String setting, Duration value) {
        if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
            throw new InvalidSetting(setting, value, "from " + SHORTEST + " to " + LONGEST);
        }
    }
}

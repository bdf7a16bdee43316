package dev.basalt.domain.settings;

import java.util.Map;

/**
 * All that is needed to open one database.
 *
 * @param pool the name of its pool, as logs, metrics and {@code ?pool=} use it
 * @param url where it is; the URL decides the backend
 * @param limits sizes and time-outs of its pool
 * @param health how closely it is watched
 * @param options what is set for its backend alone, by key, in the form that {@link BackendOption.Kind} tells; without
 *     the options that are not set
 * @param secrets the options that no output may show, by key
 */
public record DatabaseSettings(
        String pool,
        DatabaseUrl url,
        PoolSettings limits,
        HealthSettings health,
        Map<String, String> options,
        Map<String, Secret> secrets) {

    /** The pool that is used when none is named. */
    public static final String PRIMARY = "primary";

    public DatabaseSettings {
        options = Map.copyOf(options);
        secrets = Map.copyOf(secrets);
        if (!pool.matches("[a-z0-9][a-z0-9_-]{0,62}")) {
            throw new IllegalArgumentException("pool name '" + pool
                    + "': 1 to 63 characters of a-z, 0-9, _ and - are allowed, a letter or digit first");
        }
    }

    /** Watched as by default, with nothing set for the backend alone. */
    public DatabaseSettings(String pool, DatabaseUrl url, PoolSettings limits) {
        this(pool, url, limits, HealthSettings.DEFAULTS, Map.of(), Map.of());
    }

    /** The same, watched like this. */
    public DatabaseSettings with(HealthSettings health) {
        return new DatabaseSettings(pool, url, limits, health, options, secrets);
    }

    /** The same with these options. */
    public DatabaseSettings with(Map<String, String> options, Map<String, Secret> secrets) {
        return new DatabaseSettings(pool, url, limits, health, options, secrets);
    }
}

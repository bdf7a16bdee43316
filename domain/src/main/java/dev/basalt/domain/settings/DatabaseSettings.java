package dev.basalt.domain.settings;

/**
 * All that is needed to open one database.
 *
 * @param pool the name of its pool, as logs, metrics and {@code ?pool=} use it
 * @param url where it is; the URL decides the backend
 * @param limits sizes and time-outs of its pool
 */
public record DatabaseSettings(String pool, DatabaseUrl url, PoolSettings limits) {

    /** The pool that is used when none is named. */
    public static final String PRIMARY = "primary";

    public DatabaseSettings {
        if (!pool.matches("[a-z0-9][a-z0-9_-]{0,62}")) {
            throw new IllegalArgumentException("pool name '" + pool
                    + "': 1 to 63 characters of a-z, 0-9, _ and - are allowed, a letter or digit first");
        }
    }
}

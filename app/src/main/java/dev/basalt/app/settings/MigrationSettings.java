package dev.basalt.app.settings;

/**
 * What may happen to the schemas.
 *
 * @param onStart whether they are migrated once the database is reachable; default true
 * @param revertAllowed whether a script may be undone; default true, false in {@code prod}
 */
public record MigrationSettings(boolean onStart, boolean revertAllowed) {

    public static final MigrationSettings DEFAULTS = new MigrationSettings(true, true);
}

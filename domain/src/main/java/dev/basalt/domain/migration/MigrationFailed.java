package dev.basalt.domain.migration;

/** A script failed or does not fit the history; the message names the script and gives the database's own words. */
public final class MigrationFailed extends RuntimeException {

    public MigrationFailed(String message) {
        super(message);
    }

    public MigrationFailed(String message, Throwable cause) {
        super(message, cause);
    }
}

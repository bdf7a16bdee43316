package dev.basalt.adapters.jdbc.migration;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.ErrorDetails;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.output.ValidateOutput;

/**
 * What does not fit between a script and the history.
 *
 * @param script the script's name
 * @param kind what is wrong
 * @param words Flyway's own, in one line
 */
record Fault(String script, Kind kind, String words) {

    enum Kind {
        EDITED,
        GONE,
        FAILED,
        /** Not run, as a rule; no repair changes that. */
        OTHER
    }

    /** Has Flyway compare; connects to the database. */
    static List<Fault> found(Flyway flyway, Listing listing) {
        return flyway.validateWithResult().invalidMigrations.stream()
                .map(invalid -> new Fault(
                        script(invalid, listing),
                        kind(invalid.errorDetails),
                        oneLine(invalid.errorDetails.errorMessage)))
                .toList();
    }

    /** The fault in one line that names the script. */
    String told() {
        return script + ": "
                + switch (kind) {
                    case EDITED -> "it was edited after it ran; take the edit back, or repair";
                    case GONE -> "it ran, and is no longer among the scripts; bring it back, or repair";
                    case FAILED -> "it failed in an earlier run; undo by hand what it has left, and repair";
                    case OTHER -> words;
                };
    }

    /** What Flyway's repair does about it, in one line that names the script; empty if nothing. */
    Optional<String> mended() {
        return switch (kind) {
            case EDITED ->
                Optional.of(script + ": it was edited after it ran, so the history takes over what it is now");
            case GONE -> Optional.of(script + ": it is no longer among the scripts, so the history marks it as gone");
            case FAILED -> Optional.of(script + ": it failed, so the history forgets it");
            case OTHER -> Optional.empty();
        };
    }

    private static Kind kind(ErrorDetails details) {
        return details.errorCode instanceof CoreErrorCode code
                ? switch (code) {
                    case CHECKSUM_MISMATCH, DESCRIPTION_MISMATCH, TYPE_MISMATCH -> Kind.EDITED;
                    case APPLIED_VERSIONED_MIGRATION_NOT_RESOLVED, APPLIED_REPEATABLE_MIGRATION_NOT_RESOLVED ->
                        Kind.GONE;
                    case FAILED_VERSIONED_MIGRATION, FAILED_REPEATABLE_MIGRATION -> Kind.FAILED;
                    default -> Kind.OTHER;
                }
                : Kind.OTHER;
    }

    private static String script(ValidateOutput invalid, Listing listing) {
        return listing.infos().stream()
                .filter(info -> isOf(info, invalid))
                .findFirst()
                .map(MigrationInfo::getScript)
                .orElse(invalid.description);
    }

    /** Repeatable scripts have no version, and go by their description. */
    private static boolean isOf(MigrationInfo info, ValidateOutput invalid) {
        return info.getVersion() == null
                ? Objects.requireNonNullElse(invalid.version, "").isEmpty()
                        && info.getDescription().equals(invalid.description)
                : info.getVersion().getVersion().equals(invalid.version);
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}

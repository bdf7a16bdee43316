package dev.basalt.app.http.migrations;

import dev.basalt.domain.migration.Migration;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One script and where it stands.
 *
 * @param version its version, none for a repeatable script
 * @param description what it is about
 * @param type what kind of script it is
 * @param state pending, applied, failed, out_of_order, missing or ignored
 * @param script its file name
 * @param checksum the checksum of its text
 * @param installedOn when it ran
 * @param installedBy the database user that ran it
 * @param executionMs how long it ran
 * @param undoable whether there is a script that undoes it
 */
@Schema(name = "Migration")
record MigrationJson(
        @Nullable String version,
        String description,
        String type,
        String state,
        String script,
        @Nullable Integer checksum,
        @Nullable Instant installedOn,
        @Nullable String installedBy,
        @Nullable Long executionMs,
        boolean undoable) {

    static MigrationJson of(Migration migration) {
        return new MigrationJson(
                migration.version(),
                migration.description(),
                migration.type(),
                migration.state().name().toLowerCase(Locale.ROOT),
                migration.script(),
                migration.checksum(),
                migration.installedOn(),
                migration.installedBy(),
                migration.execution() == null ? null : migration.execution().toMillis(),
                migration.undoable());
    }
}

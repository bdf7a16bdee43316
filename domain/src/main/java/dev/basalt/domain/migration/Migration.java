package dev.basalt.domain.migration;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One script and where it stands.
 *
 * @param version its version, or {@code null} for a repeatable script
 * @param description what it is about, from its file name
 * @param type what kind of script it is, such as {@code sql}
 * @param state where it stands
 * @param script its file name
 * @param checksum the checksum of its text (CRC-32 over the lines), or {@code null} if it has none
 * @param installedOn when it ran, or {@code null} if it has not
 * @param installedBy the database user that ran it, or {@code null} if it has not run or there are no users
 * @param execution how long it ran, or {@code null} if it has not
 * @param undoable whether there is a script that undoes it
 */
public record Migration(
        @Nullable String version,
        String description,
        String type,
        MigrationState state,
        String script,
        @Nullable Integer checksum,
        @Nullable Instant installedOn,
        @Nullable String installedBy,
        @Nullable Duration execution,
        boolean undoable) {}

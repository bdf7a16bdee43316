package dev.basalt.adapters.jdbc.migration;

import dev.basalt.domain.migration.Migration;
import dev.basalt.domain.migration.MigrationState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.MigrationInfo;

/** The scripts and the history, side by side as Flyway finds them. */
record Listing(List<MigrationInfo> infos, ScriptFolder scripts) {

    /** Looks now; connects to the database. */
    static Listing of(Flyway flyway, ScriptFolder scripts) {
        return new Listing(
                Arrays.stream(flyway.info().all())
                        // Says of another row that its script is gone, which that row's state says as well.
                        .filter(info -> info.getType() != CoreMigrationType.DELETE)
                        .toList(),
                scripts);
    }

    List<Migration> migrations() {
        return infos.stream().map(this::migration).toList();
    }

    Migration migration(MigrationInfo info) {
        return new Migration(
                info.getVersion() == null ? null : info.getVersion().getVersion(),
                info.getDescription(),
                info.getType().name().toLowerCase(Locale.ROOT),
                state(info),
                info.getScript(),
                info.getChecksum(),
                info.getInstalledOn() == null ? null : info.getInstalledOn().toInstant(),
                // SQLite has no users, of which Flyway makes an empty name.
                info.getInstalledBy() == null || info.getInstalledBy().isEmpty() ? null : info.getInstalledBy(),
                info.getExecutionTime() == null ? null : Duration.ofMillis(info.getExecutionTime()),
                scripts.undoOf(info.getScript()).isPresent());
    }

    private static MigrationState state(MigrationInfo info) {
        return switch (info.getState()) {
            case PENDING -> MigrationState.PENDING;
            case SUCCESS, BASELINE, FUTURE_SUCCESS, SUPERSEDED, OUTDATED -> MigrationState.APPLIED;
            case OUT_OF_ORDER -> MigrationState.OUT_OF_ORDER;
            case FAILED, FUTURE_FAILED, MISSING_FAILED -> MigrationState.FAILED;
            case MISSING_SUCCESS, DELETED -> MigrationState.MISSING;
            case ABOVE_TARGET, BELOW_BASELINE, BASELINE_IGNORED, IGNORED, AVAILABLE, UNDONE -> MigrationState.IGNORED;
        };
    }
}

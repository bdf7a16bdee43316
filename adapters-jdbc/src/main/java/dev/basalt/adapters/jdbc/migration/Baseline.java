package dev.basalt.adapters.jdbc.migration;

import dev.basalt.domain.migration.Migration;
import dev.basalt.domain.migration.MigrationFailed;
import dev.basalt.domain.migration.MigrationState;
import java.util.regex.Pattern;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * The entry with which the history of a schema begins that has tables already.
 *
 * @param pool the pool's name, for messages
 */
record Baseline(String pool, MigrationVersion version, String description) {

    /** Flyway's own reading also takes words such as {@code latest}, which are no version of a schema. */
    private static final Pattern VERSION = Pattern.compile("\\d+(?:[._]\\d+)*");

    private static final int LONGEST_VERSION = 50;
    private static final int LONGEST_DESCRIPTION = 200;

    static Baseline of(String pool, String version, String description) {
        if (!VERSION.matcher(version).matches() || version.length() > LONGEST_VERSION) {
            throw new MigrationFailed(
                    "pool '%s': '%s' is no version to begin a history with; numbers with dots between them are, such as 1 or 2.1, up to %d characters"
                            .formatted(pool, shown(version), LONGEST_VERSION));
        }
        if (description.isBlank() || description.length() > LONGEST_DESCRIPTION) {
            throw new MigrationFailed("pool '%s': '%s' is no description of a baseline; 1 to %d characters are allowed"
                    .formatted(pool, shown(description), LONGEST_DESCRIPTION));
        }
        return new Baseline(pool, MigrationVersion.fromVersion(version), description);
    }

    FluentConfiguration configure(FluentConfiguration flyway) {
        return flyway.baselineVersion(version).baselineDescription(description);
    }

    /** Fails if anything has run already. */
    void requireNoHistory(Listing listing) {
        listing.infos().stream().filter(MigrationInfo::isApplied).findFirst().ifPresent(info -> {
            throw new MigrationFailed(
                    "pool '%s': there is a history already, which begins with '%s'; a baseline can only begin one"
                            .formatted(pool, info.getScript()));
        });
    }

    /** The entry as it would be. */
    Migration planned(Listing listing) {
        requireNoHistory(listing);
        return new Migration(
                version.getVersion(),
                description,
                "baseline",
                MigrationState.PENDING,
                description,
                null,
                null,
                null,
                null,
                false);
    }

    /** The entry as it is. */
    Migration entry(Listing listing) {
        return listing.infos().stream()
                .filter(info -> info.getState() == org.flywaydb.core.api.MigrationState.BASELINE)
                .findFirst()
                .map(listing::migration)
                .orElseThrow(() -> new MigrationFailed("pool '" + pool + "': the baseline is not in the history"));
    }

    private static String shown(String value) {
        return value.length() <= LONGEST_DESCRIPTION ? value : value.substring(0, LONGEST_DESCRIPTION) + " …";
    }
}

package dev.basalt.app.lifecycle;

import dev.basalt.app.backends.Backends;
import dev.basalt.app.settings.MigrationSettings;
import dev.basalt.app.settings.Settings;
import dev.basalt.domain.migration.Migration;
import dev.basalt.domain.migration.RevertRefused;
import dev.basalt.ports.Migrator;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What can be done with the scripts of a pool by hand, over HTTP or from the command line; readiness follows. Thread-safe.
 *
 * <p>Every call throws {@link dev.basalt.app.backends.UnknownPool} if there is no such pool, the {@link
 * dev.basalt.domain.failure.DatabaseFailure} of a database that cannot be used, and {@link
 * dev.basalt.domain.migration.MigrationFailed} for what the scripts are to blame for. With {@code dryRun}, nothing is done
 * and the answer is what would be.
 */
@Singleton
public final class Migrations {

    private final Backends backends;
    private final Function<String, Optional<SchemaKeeper>> keepers;
    private final MigrationSettings settings;

    @Inject
    Migrations(Backends backends, Schemas schemas, Settings settings) {
        this(backends, schemas::keeper, settings.migrations());
    }

    /** Where nothing serves, so that no readiness has to follow. */
    public Migrations(Backends backends, MigrationSettings settings) {
        this(backends, _ -> Optional.empty(), settings);
    }

    private Migrations(
            Backends backends, Function<String, Optional<SchemaKeeper>> keepers, MigrationSettings settings) {
        this.backends = backends;
        this.keepers = keepers;
        this.settings = settings;
    }

    /** All scripts and where they stand. */
    public List<Migration> list(String pool) {
        return migrator(pool).migrations();
    }

    /** Runs the pending scripts, and returns them. */
    public List<Migration> migrate(String pool, boolean dryRun) {
        Migrator migrator = migrator(pool);
        if (dryRun) {
            return migrator.pending();
        }
        return keepers.apply(pool).map(SchemaKeeper::migrate).orElseGet(migrator::migrate);
    }

    /** What does not fit; empty if all is well. */
    public List<String> validate(String pool) {
        return migrator(pool).validate();
    }

    /** Makes the history fit the scripts, and returns what was done for it. */
    public List<String> repair(String pool, boolean dryRun) {
        return migrator(pool).repair(dryRun);
    }

    /** Begins a history at this version, and returns its first entry. */
    public Migration baseline(String pool, String version, String description, boolean dryRun) {
        return migrator(pool).baseline(version, description, dryRun);
    }

    /**
     * Undoes the last script, and returns it.
     *
     * @throws RevertRefused if the settings do not allow it (not even to try what would be), or there is nothing to undo
     */
    public Migration revert(String pool, boolean dryRun) {
        Migrator migrator = migrator(pool);
        if (!settings.revertAllowed()) {
            throw new RevertRefused(
                    "pool '%s': the setting DB_REVERT_ALLOWED (database.revert-allowed) is false".formatted(pool));
        }
        if (dryRun) {
            return migrator.revert(true);
        }
        return keepers.apply(pool).map(SchemaKeeper::revert).orElseGet(() -> migrator.revert(false));
    }

    private Migrator migrator(String pool) {
        return backends.get(pool).migrator();
    }
}

package dev.basalt.adapters.jdbc.migration;

import dev.basalt.adapters.jdbc.connection.Connector;
import dev.basalt.adapters.jdbc.connection.ConnectorDataSource;
import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.adapters.jdbc.transaction.Dispatcher;
import dev.basalt.domain.migration.Migration;
import dev.basalt.domain.migration.MigrationFailed;
import dev.basalt.domain.migration.MigrationState;
import dev.basalt.ports.Migrator;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Runs an adapter's scripts by Flyway, and their undo scripts, which Flyway leaves to its paid editions, by the driver. All on
 * connections of its own: Flyway takes two, and none of the pool's time-outs may end a long statement.
 *
 * <p>Whatever changes the schema or its history does so alone, under the lock. What only looks takes no lock.
 */
public final class FlywayMigrator implements Migrator {

    private final String pool;
    private final Dialect dialect;
    private final MigrationDialect migrations;
    private final Connector migrating;
    private final Connector reading;
    private final ScriptFolder scripts;
    private final MigrationLock lock;
    private final Dispatcher changing;
    private final Dispatcher looking;
    private final MigrationFailures failures;

    /**
     * Makes a migrator; connects to nothing yet.
     *
     * @param pool the pool's name, for messages
     * @param migrating opens a connection that may change the schema, without a limit on a statement's time
     * @param reading opens a connection to read the history, whose statements are bounded
     * @param folder where the scripts are on the class path, without a slash at either end; the undo scripts are in a folder of
     *     that name with {@code -undo} behind it
     * @param lock keeps others from migrating meanwhile
     * @param changing decides on which thread Flyway waits for the lock and works under it
     * @param looking decides on which thread it looks; another one, or who looks waits for the migration before
     */
    public FlywayMigrator(
            String pool,
            Dialect dialect,
            MigrationDialect migrations,
            Connector migrating,
            Connector reading,
            String folder,
            MigrationLock lock,
            Dispatcher changing,
            Dispatcher looking) {
        this.pool = pool;
        this.dialect = dialect;
        this.migrations = migrations;
        this.migrating = migrating;
        this.reading = reading;
        this.scripts = new ScriptFolder(folder);
        this.lock = lock;
        this.changing = changing;
        this.looking = looking;
        this.failures = new MigrationFailures(pool, dialect);
    }

    /** The same with the scripts of another folder. */
    public FlywayMigrator withScripts(String folder) {
        return new FlywayMigrator(pool, dialect, migrations, migrating, reading, folder, lock, changing, looking);
    }

    @Override
    public List<Migration> migrate() {
        var running = new RunningScript();
        return call(changing, running, migrating, FlywayMigrator::tolerant, flyway -> {
            // Who has nothing to run needs no lock: where nothing can be written, it may not be had.
            if (isUpToDate(flyway)) {
                return List.of();
            }
            try (var _ = lock.hold()) {
                return migrate(flyway, running);
            }
        });
    }

    private List<Migration> migrate(Flyway flyway, RunningScript running) {
        // Flyway would refuse as well, but name versions instead of scripts.
        List<String> faults = faults(flyway);
        if (!faults.isEmpty()) {
            throw new MigrationFailed("pool '" + pool + "': " + String.join("; ", faults));
        }
        Set<String> ran = flyway.migrate().migrations.stream()
                .map(migration -> Path.of(migration.filepath).getFileName().toString())
                .collect(Collectors.toSet());
        running.allSucceeded();
        return listing(flyway).migrations().stream()
                .filter(migration -> ran.contains(migration.script()))
                .toList();
    }

    @Override
    public List<Migration> migrations() {
        return looking(flyway -> listing(flyway).migrations());
    }

    @Override
    public List<String> validate() {
        return looking(this::faults);
    }

    @Override
    public List<String> repair(boolean dryRun) {
        if (dryRun) {
            return looking(this::mendable);
        }
        return alone(flyway -> {
            List<String> planned = mendable(flyway);
            if (planned.isEmpty()) {
                return planned;
            }
            flyway.repair();
            List<String> left = mendable(flyway);
            return planned.stream().filter(mended -> !left.contains(mended)).toList();
        });
    }

    @Override
    public Migration baseline(String version, String description, boolean dryRun) {
        Baseline baseline = Baseline.of(pool, version, description);
        if (dryRun) {
            return looking(flyway -> baseline.planned(listing(flyway)));
        }
        return alone(new RunningScript(), baseline::configure, flyway -> {
            baseline.requireNoHistory(listing(flyway));
            flyway.baseline();
            return baseline.entry(listing(flyway));
        });
    }

    @Override
    public Migration revert(boolean dryRun) {
        if (dryRun) {
            return looking(flyway -> next(flyway).reverted());
        }
        return alone(flyway -> {
            Undo undo = next(flyway);
            new UndoRun(dialect, migrations, migrating, failures)
                    .run(undo, flyway.getConfiguration().getTable());
            return undo.reverted();
        });
    }

    private boolean isUpToDate(Flyway flyway) {
        List<Migration> migrations = listing(flyway).migrations();
        boolean pending = migrations.stream().anyMatch(migration -> migration.state() == MigrationState.PENDING);
        return !migrations.isEmpty() && !pending && faults(flyway).isEmpty();
    }

    private List<String> faults(Flyway flyway) {
        return Fault.found(flyway, listing(flyway)).stream().map(Fault::told).toList();
    }

    private List<String> mendable(Flyway flyway) {
        return Fault.found(flyway, listing(flyway)).stream()
                .flatMap(fault -> fault.mended().stream())
                .toList();
    }

    private Undo next(Flyway flyway) {
        return Undo.next(pool, listing(flyway), migrations.syntax());
    }

    private Listing listing(Flyway flyway) {
        return Listing.of(flyway, scripts);
    }

    private <R> R looking(Work<R> work) {
        return call(looking, new RunningScript(), reading, UnaryOperator.identity(), work);
    }

    private <R> R alone(Work<R> work) {
        return alone(new RunningScript(), FlywayMigrator::tolerant, work);
    }

    /** What has not run yet, or only in a newer version of the service, is no reason not to migrate. */
    private static FluentConfiguration tolerant(FluentConfiguration flyway) {
        return flyway.ignoreMigrationPatterns("*:pending", "*:future");
    }

    private <R> R alone(RunningScript running, UnaryOperator<FluentConfiguration> adjust, Work<R> work) {
        return call(changing, running, migrating, adjust, flyway -> {
            try (var _ = lock.hold()) {
                return work.apply(flyway);
            }
        });
    }

    private <R> R call(
            Dispatcher dispatcher,
            RunningScript running,
            Connector connector,
            UnaryOperator<FluentConfiguration> adjust,
            Work<R> work) {
        FluentConfiguration configuration = Flyway.configure(ScriptFolder.LOADER)
                .dataSource(new ConnectorDataSource(connector))
                .locations("classpath:" + scripts.path())
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                // An undo script is run as it stands, so its counterpart is as well.
                .placeholderReplacement(false)
                .callbacks(running)
                .cleanDisabled(true);
        migrations.configure(configuration);
        try {
            return dispatcher.call(() -> work.apply(new Flyway(adjust.apply(configuration))));
        } catch (SQLException e) {
            throw dialect.translate(pool, e);
        } catch (FlywayException e) {
            throw failures.of(e, running);
        }
    }

    @FunctionalInterface
    private interface Work<R> {
        R apply(Flyway flyway) throws SQLException;
    }
}

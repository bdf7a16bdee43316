package dev.basalt.adapters.jdbc.migration;

import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.adapters.jdbc.pool.Connector;
import dev.basalt.adapters.jdbc.pool.ConnectorDataSource;
import dev.basalt.adapters.jdbc.transaction.Dispatcher;
import dev.basalt.domain.migration.Migration;
import dev.basalt.domain.migration.MigrationFailed;
import dev.basalt.domain.migration.MigrationState;
import dev.basalt.ports.Migrator;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Runs an adapter's scripts by Flyway, on connections of its own: Flyway takes two, and none of the pool's time-outs may
 * end a long statement.
 *
 * <p>What {@code migrations/V1__create_accounts.sql} does, {@code migrations-undo/U1__create_accounts.sql} undoes. The undo
 * scripts have a folder of their own because Flyway refuses names that it does not know.
 */
public final class FlywayMigrator implements Migrator {

    private final String pool;
    private final Dialect dialect;
    private final MigrationLock lock;
    private final Dispatcher dispatcher;
    private final FluentConfiguration migrating;
    private final FluentConfiguration reading;
    private final String folder;

    /**
     * Makes a migrator; connects to nothing yet.
     *
     * @param pool the pool's name, for messages
     * @param migrating opens a connection that may change the schema, without a limit on a statement's time
     * @param reading opens a connection to read the history, whose statements are bounded
     * @param folder where the scripts are on the class path, without a slash at either end
     * @param lock keeps others from migrating meanwhile, where Flyway does not
     * @param dispatcher decides on which thread Flyway works
     * @param adjust sets what the database needs of Flyway
     */
    public FlywayMigrator(
            String pool,
            Dialect dialect,
            Connector migrating,
            Connector reading,
            String folder,
            MigrationLock lock,
            Dispatcher dispatcher,
            Function<FluentConfiguration, FluentConfiguration> adjust) {
        this.pool = pool;
        this.dialect = dialect;
        this.lock = lock;
        this.dispatcher = dispatcher;
        this.folder = folder;
        this.migrating = configuration(migrating, folder, adjust);
        this.reading = configuration(reading, folder, adjust);
    }

    private static FluentConfiguration configuration(
            Connector connector, String folder, Function<FluentConfiguration, FluentConfiguration> adjust) {
        return adjust.apply(Flyway.configure(FlywayMigrator.class.getClassLoader())
                .dataSource(new ConnectorDataSource(connector))
                .locations("classpath:" + folder)
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                .cleanDisabled(true));
    }

    @Override
    public List<Migration> migrate() {
        return withFlyway(migrating, flyway -> {
            try (var _ = lock.hold()) {
                Set<String> ran = flyway.migrate().migrations.stream()
                        .map(migration ->
                                Path.of(migration.filepath).getFileName().toString())
                        .collect(Collectors.toSet());
                return listed(flyway).stream()
                        .filter(migration -> ran.contains(migration.script()))
                        .toList();
            }
        });
    }

    @Override
    public List<Migration> migrations() {
        return withFlyway(reading, this::listed);
    }

    @Override
    public List<String> validate() {
        return withFlyway(reading, flyway -> {
            var scripts = listed(flyway).stream()
                    .filter(migration -> migration.version() != null)
                    .collect(Collectors.toMap(Migration::version, Migration::script, (first, _) -> first));
            return flyway.validateWithResult().invalidMigrations.stream()
                    .map(invalid -> scripts.getOrDefault(invalid.version, invalid.description) + ": "
                            + invalid.errorDetails.errorMessage)
                    .toList();
        });
    }

    private <R> R withFlyway(FluentConfiguration configuration, Work<R> work) {
        try {
            return dispatcher.call(() -> work.apply(new Flyway(configuration)));
        } catch (SQLException e) {
            throw dialect.translate(pool, e);
        } catch (FlywayException e) {
            for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
                // Flyway could not even connect: no script is to blame.
                if (cause instanceof SQLException failure && e.getErrorCode() == CoreErrorCode.DB_CONNECTION) {
                    throw dialect.translate(pool, failure);
                }
            }
            throw new MigrationFailed("pool '" + pool + "': " + e.getMessage(), e);
        }
    }

    private List<Migration> listed(Flyway flyway) {
        return Arrays.stream(flyway.info().all()).map(this::migration).toList();
    }

    private Migration migration(MigrationInfo info) {
        return new Migration(
                info.getVersion() == null ? null : info.getVersion().getVersion(),
                info.getDescription(),
                "sql",
                state(info),
                info.getScript(),
                info.getChecksum(),
                info.getInstalledOn() == null ? null : info.getInstalledOn().toInstant(),
                // SQLite has no users, of which Flyway makes an empty name.
                info.getInstalledBy() == null || info.getInstalledBy().isEmpty() ? null : info.getInstalledBy(),
                info.getExecutionTime() == null ? null : Duration.ofMillis(info.getExecutionTime()),
                undoable(info.getScript()));
    }

    private boolean undoable(String script) {
        return script.startsWith("V")
                && FlywayMigrator.class.getClassLoader().getResource(folder + "-undo/U" + script.substring(1)) != null;
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

    @FunctionalInterface
    private interface Work<R> {
        R apply(Flyway flyway) throws SQLException;
    }
}

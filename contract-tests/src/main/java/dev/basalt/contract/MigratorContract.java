package dev.basalt.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.domain.migration.Migration;
import dev.basalt.domain.migration.MigrationState;
import dev.basalt.domain.schema.SchemaInfo;
import dev.basalt.domain.schema.TableSummary;
import dev.basalt.ports.Backend;
import dev.basalt.ports.Migrator;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a {@link Migrator} brings an empty database to the state that the adapter's scripts describe. */
@Timeout(120)
public abstract class MigratorContract {

    private final TestDatabase database;
    private final BackendFixture fixture;

    protected MigratorContract(TestDatabase database) {
        this.database = database;
        this.fixture = new BackendFixture(database);
    }

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    @Test
    void in_an_empty_database_every_script_is_pending() {
        Migrator migrator = fixture.open().migrator();

        List<Migration> migrations = migrator.migrations();

        assertThat(migrations).isNotEmpty().allSatisfy(migration -> {
            assertThat(migration.state()).isEqualTo(MigrationState.PENDING);
            assertThat(migration.script()).isNotBlank();
            assertThat(migration.description()).isNotBlank();
            assertThat(migration.installedOn()).isNull();
            assertThat(migration.installedBy()).isNull();
            assertThat(migration.execution()).isNull();
        });
        assertThat(migrator.pending()).isEqualTo(migrations);
    }

    @Test
    void scripts_stand_in_the_order_of_their_versions() {
        List<String> versions = fixture.open().migrator().migrations().stream()
                .map(Migration::version)
                .filter(Objects::nonNull)
                .toList();

        assertThat(versions).isNotEmpty().isSortedAccordingTo((one, other) -> Arrays.compare(parts(one), parts(other)));
        assertThat(versions).doesNotHaveDuplicates();
    }

    @Test
    void every_script_can_be_undone() {
        assertThat(fixture.open().migrator().migrations())
                .isNotEmpty()
                .allSatisfy(migration -> assertThat(migration.undoable())
                        .as("%s has an undo script", migration.script())
                        .isTrue());
    }

    @Test
    void migrating_runs_the_pending_scripts_in_order() {
        Migrator migrator = fixture.open().migrator();
        List<Migration> pending = migrator.pending();

        List<Migration> applied = migrator.migrate();

        assertThat(pending).isNotEmpty();
        assertThat(applied)
                .extracting(Migration::script)
                .containsExactlyElementsOf(
                        pending.stream().map(Migration::script).toList());
        assertThat(applied).allSatisfy(migration -> {
            assertThat(migration.state()).isEqualTo(MigrationState.APPLIED);
            assertThat(migration.installedOn()).isNotNull();
            assertThat(migration.execution()).isNotNull();
        });
        assertThat(migrator.pending()).isEmpty();
        assertThat(migrator.migrations())
                .hasSameSizeAs(applied)
                .extracting(Migration::state)
                .containsOnly(MigrationState.APPLIED);
    }

    @Test
    void migrating_again_does_nothing() {
        Migrator migrator = fixture.open().migrator();
        assertThat(migrator.migrate()).isNotEmpty();
        List<Migration> before = migrator.migrations();

        assertThat(migrator.migrate()).isEmpty();

        assertThat(migrator.migrations()).isEqualTo(before);
    }

    @Test
    void validating_names_the_pending_scripts_and_finds_nothing_once_they_have_run() {
        Migrator migrator = fixture.open().migrator();
        List<Migration> pending = migrator.pending();
        assertThat(pending).isNotEmpty();

        String faults = String.join("\n", migrator.validate());

        assertThat(pending).allSatisfy(migration -> assertThat(faults).contains(migration.script()));
        assertThat(migrator.migrate()).isNotEmpty();
        assertThat(migrator.validate()).isEmpty();
    }

    @Test
    void looking_changes_nothing() {
        Backend backend = fixture.open();
        Migrator migrator = backend.migrator();
        List<String> before = tables(backend);

        assertThat(migrator.migrations()).isNotEmpty();
        assertThat(migrator.pending()).isNotEmpty();
        assertThat(migrator.validate()).isNotEmpty();

        assertThat(tables(backend)).isEqualTo(before);
        assertThat(migrator.migrate()).isNotEmpty();
        assertThat(tables(backend)).as("tables appear when migrating").hasSizeGreaterThan(before.size());
    }

    /** Where the data is not durable, it can be opened once only: then it is one migrator that works several times. */
    @Test
    void several_that_migrate_at_once_run_each_script_once() {
        Backend first = fixture.open();
        Backend second = database.durable() ? fixture.open() : first;
        List<String> pending =
                first.migrator().pending().stream().map(Migration::script).toList();
        var start = new CyclicBarrier(4);

        var callers = Stream.of(first, second, first, second)
                .map(backend -> Caller.start(() -> {
                    start.await(20, TimeUnit.SECONDS);
                    return backend.migrator().migrate();
                }))
                .toList();

        List<String> applied = callers.stream()
                .flatMap(caller -> caller.answer().stream())
                .map(Migration::script)
                .toList();
        assertThat(pending).isNotEmpty();
        assertThat(applied).containsExactlyInAnyOrderElementsOf(pending);
        assertThat(second.migrator().migrations())
                .hasSameSizeAs(pending)
                .extracting(Migration::state)
                .containsOnly(MigrationState.APPLIED);
        assertThat(second.migrator().validate()).isEmpty();
    }

    @Test
    void migrating_needs_no_connection_of_the_pool() throws InterruptedException {
        Backend backend = fixture.open(Limits.connections(1));

        try (var _ = Occupants.enter(database, backend, 1)) {
            Caller<Integer> caller =
                    Caller.start(() -> backend.migrator().pending().size());
            assertThat(caller.answer()).isPositive();
        }
    }

    @Test
    void what_has_run_is_known_after_opening_again_where_the_data_is_durable() {
        Backend first = fixture.open();
        int scripts = first.migrator().migrate().size();
        assertThat(scripts).isPositive();

        first.close();
        Migrator reopened = fixture.open().migrator();

        assertThat(reopened.migrations()).hasSize(scripts);
        assertThat(reopened.pending()).hasSize(database.durable() ? 0 : scripts);
        assertThat(reopened.migrate()).hasSize(database.durable() ? 0 : scripts);
    }

    private static int[] parts(String version) {
        return Arrays.stream(version.split("[._]")).mapToInt(Integer::parseInt).toArray();
    }

    private static List<String> tables(Backend backend) {
        return backend.introspector().schemas().stream()
                .map(SchemaInfo::name)
                .flatMap(schema -> backend.introspector().tables(schema, null, 1000).tables().stream())
                .map(TableSummary::name)
                .toList();
    }
}

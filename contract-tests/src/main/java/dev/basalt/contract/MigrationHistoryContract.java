package dev.basalt.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.basalt.domain.migration.Migration;
import dev.basalt.domain.migration.MigrationFailed;
import dev.basalt.domain.migration.MigrationState;
import dev.basalt.domain.migration.RevertRefused;
import dev.basalt.ports.Backend;
import dev.basalt.ports.Migrator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a {@link Migrator} begins a history on a schema that has tables, and mends one that does not fit the scripts. */
@Timeout(120)
public abstract class MigrationHistoryContract {

    private final TestDatabase database;
    private final BackendFixture fixture;

    protected MigrationHistoryContract(TestDatabase database) {
        this.database = database;
        this.fixture = new BackendFixture(database);
    }

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    @Test
    void where_all_fits_there_is_nothing_to_repair() {
        Backend backend = fixture.open();
        Migrator migrator = database.migrator(backend, Scripts.NOTES);
        List<String> empty = database.schemaDump(backend);

        assertThat(migrator.repair(true)).isEmpty();
        assertThat(migrator.repair(false)).isEmpty();
        assertThat(database.schemaDump(backend)).isEqualTo(empty);

        assertThat(migrator.migrate()).isNotEmpty();
        assertThat(migrator.repair(true)).isEmpty();
        assertThat(migrator.repair(false)).isEmpty();
    }

    @Test
    void repairing_takes_over_what_was_edited() {
        Backend backend = fixture.open();
        database.migrator(backend, Scripts.SHORTENED).migrate();
        Migrator edited = database.migrator(backend, Scripts.EDITED);
        List<Migration> before = edited.migrations();

        List<String> planned = edited.repair(true);

        assertThat(planned)
                .singleElement()
                .asString()
                .startsWith(Scripts.V1 + ": ")
                .contains("edited");
        assertThat(edited.migrations()).isEqualTo(before);
        assertThat(edited.repair(false)).isEqualTo(planned);
        assertThat(edited.repair(true)).isEmpty();
        assertThat(edited.migrate()).extracting(Migration::script).containsExactly(Scripts.V2);
        assertThat(edited.validate()).isEmpty();
    }

    @Test
    void repairing_marks_what_is_no_longer_among_the_scripts() {
        Backend backend = fixture.open();
        database.migrator(backend, Scripts.REPEATABLE).migrate();
        Migrator without = database.migrator(backend, Scripts.NOTES);
        assertThatExceptionOfType(MigrationFailed.class)
                .isThrownBy(without::migrate)
                .withMessageContaining(Scripts.REPEATED);

        List<String> planned = without.repair(true);

        assertThat(planned).singleElement().asString().startsWith(Scripts.REPEATED + ": ");
        assertThat(without.repair(false)).isEqualTo(planned);
        assertThat(without.repair(true)).isEmpty();
        assertThat(without.migrations())
                .filteredOn(migration -> migration.script().equals(Scripts.REPEATED))
                .extracting(Migration::state)
                .containsExactly(MigrationState.MISSING);
        assertThat(without.migrate()).extracting(Migration::script).containsExactly(Scripts.V2);
        assertThat(without.revert(false).script()).isEqualTo(Scripts.V2);
    }

    @Test
    void a_baseline_lets_later_scripts_run_on_a_schema_that_has_tables() {
        Backend backend = fixture.open();
        fixture.write(backend, "CREATE TABLE note (id BIGINT)");
        Migrator migrator = database.migrator(backend, Scripts.NOTES);
        assertThatExceptionOfType(MigrationFailed.class)
                .isThrownBy(migrator::migrate)
                .withMessageContaining("baseline");

        Migration entry = migrator.baseline("1", "as it was found", false);

        assertThat(entry.version()).isEqualTo("1");
        assertThat(entry.description()).isEqualTo("as it was found");
        assertThat(entry.type()).isEqualTo("baseline");
        assertThat(entry.state()).isEqualTo(MigrationState.APPLIED);
        assertThat(entry.undoable()).isFalse();
        assertThat(entry.installedOn()).isNotNull();
        assertThat(migrator.migrations()).contains(entry);
        assertThat(migrator.migrate()).extracting(Migration::script).containsExactly(Scripts.V2);
        assertThat(migrator.validate()).isEmpty();
        assertThat(migrator.repair(true)).isEmpty();
    }

    @Test
    void a_way_back_ends_at_the_baseline() {
        Backend backend = fixture.open();
        fixture.write(backend, "CREATE TABLE note (id BIGINT)");
        Migrator migrator = database.migrator(backend, Scripts.NOTES);
        migrator.baseline("1", "as it was found", false);
        List<String> found = database.schemaDump(backend);
        migrator.migrate();

        assertThat(migrator.revert(false).script()).isEqualTo(Scripts.V2);

        assertThat(database.schemaDump(backend)).isEqualTo(found);
        assertThatExceptionOfType(RevertRefused.class)
                .isThrownBy(() -> migrator.revert(false))
                .withMessageContaining("baseline");
        assertThat(database.schemaDump(backend)).isEqualTo(found);
    }

    @Test
    void a_dry_run_of_a_baseline_changes_nothing() {
        Backend backend = fixture.open();
        fixture.write(backend, "CREATE TABLE note (id BIGINT)");
        List<String> before = database.schemaDump(backend);
        Migrator migrator = database.migrator(backend, Scripts.NOTES);

        Migration planned = migrator.baseline("1.0", "as it was found", true);

        assertThat(planned.version()).isEqualTo("1.0");
        assertThat(planned.state()).isEqualTo(MigrationState.PENDING);
        assertThat(planned.installedOn()).isNull();
        assertThat(database.schemaDump(backend)).isEqualTo(before);
        Migration entry = migrator.baseline("1.0", "as it was found", false);
        assertThat(List.of(planned.script(), planned.description(), planned.type(), "" + planned.version()))
                .isEqualTo(List.of(entry.script(), entry.description(), entry.type(), "" + entry.version()));
    }

    @Test
    void a_baseline_is_refused_where_a_history_exists() {
        Backend backend = fixture.open();
        Migrator migrator = database.migrator(backend, Scripts.NOTES);
        migrator.migrate();
        List<Migration> before = migrator.migrations();

        for (boolean dryRun : List.of(true, false)) {
            assertThatExceptionOfType(MigrationFailed.class)
                    .isThrownBy(() -> migrator.baseline("2", "again", dryRun))
                    .withMessageContaining("history")
                    .withMessageContaining(Scripts.V1);
        }

        assertThat(migrator.migrations()).isEqualTo(before);
    }

    @Test
    void a_second_baseline_is_refused_even_if_it_is_the_same() {
        Migrator migrator = database.migrator(fixture.open(), Scripts.NOTES);
        migrator.baseline("1", "first", false);

        assertThatExceptionOfType(MigrationFailed.class)
                .isThrownBy(() -> migrator.baseline("1", "first", false))
                .withMessageContaining("history");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "one", "latest", "1.", ".1", "1..2", "-1", "1'; DROP TABLE note; --", "V1"})
    void a_version_that_is_none_is_refused(String version) {
        Backend backend = fixture.open();
        List<String> before = database.schemaDump(backend);
        Migrator migrator = database.migrator(backend, Scripts.NOTES);

        for (boolean dryRun : List.of(true, false)) {
            assertThatExceptionOfType(MigrationFailed.class)
                    .isThrownBy(() -> migrator.baseline(version, "first", dryRun))
                    .withMessageContaining("'" + version + "'");
        }

        assertThat(database.schemaDump(backend)).isEqualTo(before);
    }
}

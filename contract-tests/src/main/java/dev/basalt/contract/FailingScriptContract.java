package dev.basalt.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.basalt.domain.migration.Migration;
import dev.basalt.domain.migration.MigrationFailed;
import dev.basalt.ports.Backend;
import dev.basalt.ports.Migrator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a {@link Migrator} says of a script that fails or was edited, and what it leaves of it. */
@Timeout(120)
public abstract class FailingScriptContract {

    private final TestDatabase database;
    private final BackendFixture fixture;

    protected FailingScriptContract(TestDatabase database) {
        this.database = database;
        this.fixture = new BackendFixture(database);
    }

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    @Test
    void a_failure_names_script_statement_and_what_the_database_said() {
        Migrator migrator = database.migrator(fixture.open(), Scripts.BROKEN);

        assertThatExceptionOfType(MigrationFailed.class)
                .isThrownBy(migrator::migrate)
                .withMessageContaining("pool 'primary'")
                .withMessageContaining(Scripts.V2)
                .withMessageContaining("INSERT INTO nowhere VALUES (1)")
                .withMessageMatching(".*(does not exist|no such table).*")
                .satisfies(failure -> assertThat(failure.getMessage()).hasLineCount(1));
    }

    @Test
    void a_script_that_fails_leaves_nothing_behind_and_those_before_it_stay() {
        Backend backend = fixture.open();
        database.migrator(backend, Scripts.SHORTENED).migrate();
        List<String> before = database.schemaDump(backend);
        Migrator migrator = database.migrator(backend, Scripts.BROKEN);

        assertThatExceptionOfType(MigrationFailed.class).isThrownBy(migrator::migrate);

        assertThat(database.schemaDump(backend)).isEqualTo(before);
        assertThat(fixture.readNumber(backend, "SELECT count(*) FROM note")).isZero();
        assertThat(migrator.pending()).extracting(Migration::script).containsExactly(Scripts.V2);
    }

    @Test
    void a_script_that_failed_runs_once_it_is_mended_without_a_repair() {
        Backend backend = fixture.open();
        assertThatExceptionOfType(MigrationFailed.class)
                .isThrownBy(() -> database.migrator(backend, Scripts.BROKEN).migrate());
        Migrator mended = database.migrator(backend, Scripts.NOTES);

        assertThat(mended.migrate()).extracting(Migration::script).containsExactly(Scripts.V2);

        assertThat(mended.validate()).isEmpty();
        assertThat(mended.repair(true)).isEmpty();
    }

    @Test
    void a_script_that_was_edited_after_it_ran_stops_the_migration_and_is_named() {
        Backend backend = fixture.open();
        database.migrator(backend, Scripts.SHORTENED).migrate();
        List<String> before = database.schemaDump(backend);
        Migrator edited = database.migrator(backend, Scripts.EDITED);

        assertThatExceptionOfType(MigrationFailed.class)
                .isThrownBy(edited::migrate)
                .withMessageContaining(Scripts.V1)
                .withMessageContaining("edited")
                .withMessageContaining("repair")
                .satisfies(failure -> assertThat(failure.getMessage()).hasLineCount(1));

        assertThat(edited.validate())
                .anySatisfy(fault -> assertThat(fault).contains(Scripts.V1).contains("edited"));
        assertThat(database.schemaDump(backend)).isEqualTo(before);
    }
}

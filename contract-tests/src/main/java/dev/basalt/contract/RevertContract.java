package dev.basalt.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.basalt.domain.migration.Migration;
import dev.basalt.domain.migration.MigrationFailed;
import dev.basalt.domain.migration.MigrationState;
import dev.basalt.domain.migration.RevertRefused;
import dev.basalt.ports.Backend;
import dev.basalt.ports.Migrator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How a {@link Migrator} goes back, step by step, as if a script had never run. */
@Timeout(120)
public abstract class RevertContract {

    private final TestDatabase database;
    private final BackendFixture fixture;

    protected RevertContract(TestDatabase database) {
        this.database = database;
        this.fixture = new BackendFixture(database);
    }

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    @Test
    void what_all_scripts_did_is_undone_step_by_step_and_done_again() {
        Backend backend = fixture.open();
        Migrator migrator = backend.migrator();
        List<String> empty = dump(backend);
        List<Migration> applied = migrator.migrate();
        List<String> full = dump(backend);
        assertThat(applied).isNotEmpty();
        assertThat(full).hasSizeGreaterThan(empty.size());

        var reverted = new ArrayList<Migration>();
        for (int i = 0; i < applied.size(); i++) {
            reverted.add(migrator.revert(false));
        }

        assertThat(reverted).isEqualTo(applied.reversed());
        assertThat(dump(backend)).isEqualTo(empty);
        assertThat(migrator.pending()).hasSameSizeAs(applied);
        assertThat(migrator.migrate()).hasSameSizeAs(applied);
        assertThat(dump(backend)).isEqualTo(full);
    }

    @Test
    void each_step_back_leads_to_where_the_step_before_had_led() {
        Backend backend = fixture.open();
        Migrator migrator = database.migrator(backend, Scripts.NOTES);
        migrator.migrate();
        List<String> both = dump(backend);

        assertThat(migrator.revert(false).script()).isEqualTo(Scripts.V2);

        assertThat(database.migrator(backend, Scripts.SHORTENED).validate()).isEmpty();
        assertThat(migrator.pending()).extracting(Migration::script).containsExactly(Scripts.V2);
        assertThat(String.join("\n", dump(backend))).contains("note").doesNotContain("tag");
        assertThat(migrator.migrate()).extracting(Migration::script).containsExactly(Scripts.V2);
        assertThat(dump(backend)).isEqualTo(both);
    }

    @Test
    void a_dry_run_names_the_script_and_changes_nothing() {
        Backend backend = fixture.open();
        Migrator migrator = database.migrator(backend, Scripts.NOTES);
        migrator.migrate();
        List<String> before = dump(backend);
        List<Migration> history = migrator.migrations();

        Migration planned = migrator.revert(true);

        assertThat(planned).isEqualTo(history.getLast());
        assertThat(dump(backend)).isEqualTo(before);
        assertThat(migrator.migrations()).isEqualTo(history);
        assertThat(migrator.revert(false)).isEqualTo(planned);
    }

    @Test
    void where_nothing_is_applied_there_is_nothing_to_revert() {
        Backend backend = fixture.open();
        List<String> empty = dump(backend);

        refused(backend.migrator(), "nothing is applied");

        assertThat(dump(backend)).isEqualTo(empty);
    }

    @Test
    void a_script_without_an_undo_script_stays() {
        Backend backend = fixture.open();
        Migrator migrator = database.migrator(backend, Scripts.ONE_WAY);
        migrator.migrate();
        List<String> before = dump(backend);

        refused(migrator, Scripts.V2, Scripts.U2);

        assertThat(dump(backend)).isEqualTo(before);
        assertThat(migrator.pending()).isEmpty();
    }

    @Test
    void an_undo_script_that_commits_is_refused_before_any_of_it_runs() {
        Backend backend = fixture.open();
        Migrator migrator = database.migrator(backend, Scripts.UNDO_COMMITS);
        migrator.migrate();
        List<String> before = dump(backend);

        refused(migrator, Scripts.U2, "commit");

        assertThat(dump(backend)).isEqualTo(before);
        assertThat(migrator.pending()).isEmpty();
    }

    @Test
    void an_undo_script_may_speak_of_commits_and_use_savepoints() {
        Backend backend = fixture.open();
        Migrator migrator = database.migrator(backend, Scripts.UNDO_TALKS);
        migrator.migrate();
        fixture.write(backend, "INSERT INTO note VALUES (1, 'one')");

        assertThat(migrator.revert(false).script()).isEqualTo(Scripts.V2);

        assertThat(String.join("\n", dump(backend))).doesNotContain("tag");
        assertThat(fixture.readNumber(backend, "SELECT count(*) FROM note")).isOne();
    }

    @Test
    void an_undo_script_that_fails_leaves_nothing_behind() {
        Backend backend = fixture.open();
        Migrator migrator = database.migrator(backend, Scripts.UNDO_FAILS);
        migrator.migrate();
        fixture.write(backend, "INSERT INTO note VALUES (1, 'one')");
        List<String> before = dump(backend);

        assertThatExceptionOfType(MigrationFailed.class)
                .isThrownBy(() -> migrator.revert(false))
                .withMessageContaining(Scripts.U2)
                .withMessageContaining("DROP TABLE nowhere")
                .withMessageMatching("(?s).*(does not exist|no such table).*");

        assertThat(dump(backend)).isEqualTo(before);
        assertThat(fixture.readNumber(backend, "SELECT count(*) FROM note")).isOne();
        assertThat(migrator.migrations()).extracting(Migration::state).containsOnly(MigrationState.APPLIED);
        assertThat(database.migrator(backend, Scripts.NOTES).revert(false).script())
                .as("mended, it runs")
                .isEqualTo(Scripts.V2);
    }

    @Test
    void a_repeatable_script_is_no_step_and_keeps_the_history() {
        Backend backend = fixture.open();
        Migrator migrator = database.migrator(backend, Scripts.REPEATABLE);
        assertThat(migrator.migrate()).hasSize(2);

        assertThat(migrator.revert(false).script()).isEqualTo(Scripts.V1);

        refused(migrator, "nothing is applied");
        assertThat(migrator.migrations())
                .filteredOn(migration -> migration.version() == null)
                .extracting(Migration::state)
                .containsExactly(MigrationState.APPLIED);
        assertThat(migrator.migrate()).extracting(Migration::script).containsExactly(Scripts.V1);
    }

    @Test
    void reverting_needs_no_connection_of_the_pool() throws InterruptedException {
        Backend backend = fixture.open(Limits.connections(1));
        Migrator migrator = database.migrator(backend, Scripts.NOTES);
        migrator.migrate();

        try (var _ = Occupants.enter(database, backend, 1)) {
            Caller<Migration> caller = Caller.start(() -> migrator.revert(true));
            assertThat(caller.answer().script()).isEqualTo(Scripts.V2);
        }
    }

    /** Where the data is not durable, it can be opened once only: then it is one migrator that works several times. */
    @Test
    void those_who_go_forth_and_those_who_go_back_take_turns() {
        Backend first = fixture.open(Limits.connections(4));
        Backend second = database.durable() ? fixture.open(Limits.connections(4)) : first;
        database.migrator(first, Scripts.NOTES).migrate();
        List<String> full = dump(first);

        List<Caller<Integer>> callers = Stream.of(first, second, first, second)
                .map(backend -> Caller.start(() -> turns(database.migrator(backend, Scripts.NOTES))))
                .toList();

        assertThat(callers.stream().mapToInt(Caller::answer).sum()).isPositive();
        database.migrator(first, Scripts.NOTES).migrate();
        assertThat(dump(second)).isEqualTo(full);
    }

    /** Returns how many steps back were made; what others have reverted already is refused. */
    private static int turns(Migrator migrator) {
        return IntStream.range(0, 5)
                .map(turn -> {
                    migrator.migrate();
                    try {
                        migrator.revert(false);
                        return 1;
                    } catch (RevertRefused e) {
                        return 0;
                    }
                })
                .sum();
    }

    private static void refused(Migrator migrator, String... reasons) {
        for (boolean dryRun : List.of(true, false)) {
            assertThatExceptionOfType(RevertRefused.class)
                    .isThrownBy(() -> migrator.revert(dryRun))
                    .satisfies(refusal -> assertThat(refusal.getMessage()).contains(reasons));
        }
    }

    private List<String> dump(Backend backend) {
        return database.schemaDump(backend);
    }
}

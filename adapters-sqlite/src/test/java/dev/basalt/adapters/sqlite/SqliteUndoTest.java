package dev.basalt.adapters.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.basalt.contract.BackendFixture;
import dev.basalt.contract.TestDatabase;
import dev.basalt.domain.migration.MigrationFailed;
import dev.basalt.ports.Backend;
import dev.basalt.ports.Migrator;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What undo scripts meet on SQLite alone: rows that go with a table, and bodies of triggers. */
@Timeout(60)
final class SqliteUndoTest {

    static List<TestDatabase> databases() {
        return List.of(new SqliteFileTestDatabase(), new SqliteMemoryTestDatabase());
    }

    @ParameterizedTest
    @MethodSource("databases")
    void a_table_that_is_built_anew_keeps_the_rows_that_refer_to_it(TestDatabase database) {
        try (var fixture = new BackendFixture(database)) {
            Backend backend = fixture.open();
            Migrator migrator = families(database, backend, fixture);

            assertThat(migrator.revert(false).script()).isEqualTo("V2__name_parents.sql");

            assertThat(fixture.readNumber(backend, "SELECT count(*) FROM child"))
                    .isEqualTo(2);
            assertThat(fixture.readNumber(backend, "SELECT count(*) FROM parent WHERE name = 'one'"))
                    .isOne();
            assertThat(database.schemaDump(backend)).noneMatch(line -> line.contains("title"));
            fixture.write(backend, "DELETE FROM parent WHERE id = 1");
            assertThat(fixture.readNumber(backend, "SELECT count(*) FROM child"))
                    .as("in the pool, keys are enforced as ever")
                    .isOne();
        }
    }

    @ParameterizedTest
    @MethodSource("databases")
    void rows_whose_parent_is_gone_undo_the_undoing(TestDatabase database) {
        try (var fixture = new BackendFixture(database)) {
            Backend backend = fixture.open();
            Migrator migrator = families(database, backend, fixture);
            migrator.revert(false);
            List<String> before = database.schemaDump(backend);

            assertThatExceptionOfType(MigrationFailed.class)
                    .isThrownBy(() -> migrator.revert(false))
                    .withMessageContaining("U1__create_families.sql")
                    .withMessageContaining("'child'")
                    .withMessageContaining("'parent'");

            assertThat(fixture.readNumber(backend, "SELECT count(*) FROM parent"))
                    .isEqualTo(2);
            assertThat(database.schemaDump(backend)).isEqualTo(before);
            assertThat(migrator.pending()).hasSize(1);
        }
    }

    private static Migrator families(TestDatabase database, Backend backend, BackendFixture fixture) {
        Migrator migrator = database.migrator(backend, "dev/basalt/adapters/sqlite/parents");
        assertThat(migrator.migrate()).hasSize(2);
        fixture.write(
                backend,
                "INSERT INTO parent (id, name) VALUES (1, 'one'), (2, 'two')",
                "INSERT INTO child VALUES (10, 1), (20, 2)");
        return migrator;
    }
}

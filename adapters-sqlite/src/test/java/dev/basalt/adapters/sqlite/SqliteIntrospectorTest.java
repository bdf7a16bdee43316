package dev.basalt.adapters.sqlite;

import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.basalt.contract.BackendFixture;
import dev.basalt.contract.Limits;
import dev.basalt.contract.TestDatabase;
import dev.basalt.domain.failure.DatabaseFailure.ObjectNotFound;
import dev.basalt.domain.schema.Column;
import dev.basalt.domain.schema.DatabaseInfo;
import dev.basalt.domain.schema.ForeignKey;
import dev.basalt.domain.schema.Index;
import dev.basalt.domain.schema.KeyConstraint;
import dev.basalt.domain.schema.ReferentialAction;
import dev.basalt.domain.schema.RowCount;
import dev.basalt.domain.schema.SchemaInfo;
import dev.basalt.domain.schema.TableDetails;
import dev.basalt.domain.schema.TableSummary;
import dev.basalt.domain.schema.TableType;
import dev.basalt.ports.Backend;
import dev.basalt.ports.Introspector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What only SQLite's catalogue has. */
final class SqliteIntrospectorTest {

    private final BackendFixture fixture = new BackendFixture(new SqliteFileTestDatabase());
    private final Backend backend = fixture.open(Limits.connections(2));
    private final Introspector introspector = backend.introspector();

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    static List<TestDatabase> databases() {
        return List.of(new SqliteFileTestDatabase(), new SqliteMemoryTestDatabase());
    }

    @ParameterizedTest
    @MethodSource("databases")
    void the_one_database_is_main_and_as_large_as_its_pages(TestDatabase database) {
        try (var own = new BackendFixture(database)) {
            Backend one = own.open();
            own.write(one, "CREATE TABLE large (content BLOB)", "INSERT INTO large VALUES (zeroblob(100000))");

            List<DatabaseInfo> databases = one.introspector().databases();

            assertThat(databases).singleElement().satisfies(main -> {
                assertThat(main.name()).isEqualTo("main");
                assertThat(main.sizeBytes()).isBetween(100_000L, 200_000L);
            });
            assertThat(one.introspector().schemas()).containsExactly(new SchemaInfo("main"));
            assertThat(one.introspector().tables("main", null, 10).tables())
                    .singleElement()
                    .satisfies(large -> assertThat(large.sizeBytes()).isBetween(100_000L, 200_000L));
        }
    }

    @Test
    void the_size_of_a_table_counts_its_indexes() {
        fixture.write(
                backend,
                "CREATE TABLE plain (content TEXT)",
                "CREATE TABLE indexed (content TEXT)",
                "CREATE INDEX indexed_content ON indexed (content)",
                "INSERT INTO plain VALUES (hex(zeroblob(20000)))",
                "INSERT INTO indexed SELECT * FROM plain",
                "CREATE VIEW seen AS SELECT * FROM plain");

        List<TableSummary> tables = introspector.tables("main", null, 10).tables();

        assertThat(tables).extracting(TableSummary::name).containsExactly("indexed", "plain", "seen");
        Long indexed = tables.get(0).sizeBytes();
        Long plain = tables.get(1).sizeBytes();
        assertThat(plain).isBetween(40_000L, 60_000L);
        assertThat(indexed).isBetween(80_000L, 120_000L);
        assertThat(tables.get(2).sizeBytes()).isNull();
    }

    @Test
    void sqlites_own_tables_and_those_behind_virtual_tables_are_left_out() {
        fixture.write(
                backend,
                "CREATE TABLE sqliteish (id INTEGER PRIMARY KEY AUTOINCREMENT)",
                "INSERT INTO sqliteish DEFAULT VALUES",
                "CREATE VIRTUAL TABLE search USING fts5(title, body)",
                "ANALYZE");

        assertThat(introspector.tables("main", null, 100).tables())
                .extracting(TableSummary::name, TableSummary::type)
                .containsExactly(tuple("search", TableType.VIRTUAL_TABLE), tuple("sqliteish", TableType.TABLE));
        for (String own : List.of("sqlite_schema", "sqlite_sequence", "sqlite_stat1", "search_data")) {
            assertThatExceptionOfType(ObjectNotFound.class).isThrownBy(() -> introspector.table("main", own, false));
        }
        assertThat(introspector.table("main", "search", true).columns())
                .as("without the hidden ones")
                .extracting(Column::name)
                .containsExactly("title", "body");
    }

    @Test
    void names_are_compared_as_they_are_written() {
        fixture.write(backend, "CREATE TABLE Item (id BIGINT)");

        assertThat(introspector.table("main", "Item", true).name()).isEqualTo("Item");
        assertThatExceptionOfType(ObjectNotFound.class)
                .isThrownBy(() -> introspector.table("main", "item", true))
                .withMessageContaining("'item'");
        assertThatExceptionOfType(ObjectNotFound.class).isThrownBy(() -> introspector.table("MAIN", "Item", true));
    }

    @Test
    void temporary_tables_are_left_out_and_attached_databases_are_schemas() {
        List<String> seen = backend.transactions().inTransaction(WRITE, transaction -> {
            SqliteStatements.execute(backend, "CREATE TEMPORARY TABLE scratch (id BIGINT)");
            SqliteStatements.execute(backend, "ATTACH ':memory:' AS \"side \"\"car\"\"\"");
            SqliteStatements.execute(backend, "CREATE TABLE \"side \"\"car\"\"\".item (id BIGINT, x INT UNIQUE)");
            SqliteStatements.execute(backend, "INSERT INTO item (id) VALUES (1)");
            var names = new ArrayList<String>();
            introspector.schemas().forEach(schema -> names.add(schema.name()));
            introspector.tables("side \"car\"", null, 10).tables().forEach(table -> names.add(table.name()));
            TableDetails item = introspector.table("side \"car\"", "item", true);
            assertThat(item.rowCount()).isEqualTo(RowCount.exact(1));
            assertThat(item.uniqueConstraints()).hasSize(1);
            assertThat(introspector.tables("main", null, 10).tables()).isEmpty();
            return names;
        });

        assertThat(seen).containsExactly("main", "side \"car\"", "item");
        assertThatExceptionOfType(ObjectNotFound.class).isThrownBy(() -> introspector.tables("temp", null, 10));
    }

    @Test
    void rows_are_estimated_from_what_analyze_has_counted() {
        fixture.write(
                backend,
                "CREATE TABLE counted (id INTEGER PRIMARY KEY, kind BIGINT)",
                "CREATE INDEX counted_some ON counted (kind) WHERE kind = 1",
                "CREATE INDEX counted_kind ON counted (kind)",
                "INSERT INTO counted (kind) SELECT value % 3 FROM json_each('[" + "1,2,3,".repeat(99) + "1,2,3]')",
                "CREATE TABLE vacant (id BIGINT)");
        assertThat(introspector.table("main", "counted", false).rowCount()).isEqualTo(RowCount.UNKNOWN);

        fixture.write(backend, "ANALYZE");

        assertThat(introspector.table("main", "counted", false).rowCount()).isEqualTo(RowCount.estimate(300L));
        assertThat(introspector.table("main", "vacant", false).rowCount()).isEqualTo(RowCount.UNKNOWN);
        assertThat(introspector.tables("main", null, 10).tables())
                .extracting(TableSummary::name, TableSummary::rowEstimate)
                .containsExactly(tuple("counted", 300L), tuple("vacant", null));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            delimiter = '|',
            value = {
                "VARCHAR(20)|20",
                "varchar ( 20 )|20",
                "CHARACTER VARYING(255)|255",
                "NATIVE CHARACTER(70)|70",
                "NVARCHAR(100)|100",
                "TEXT(7)|7",
                "CLOB|none",
                "TEXT|none",
                "NUMERIC(10,2)|none",
                "INT(11)|none",
                "VARCHAR(99999999999)|none"
            })
    void the_length_is_read_from_the_declared_type(String type, @Nullable Integer length) {
        fixture.write(backend, "CREATE TABLE item (a " + type + ")");

        Column column = introspector.table("main", "item", false).columns().getFirst();

        assertThat(column.dataType()).isEqualToIgnoringWhitespace(type);
        assertThat(column.maxLength()).isEqualTo(length);
    }

    @Test
    void a_column_without_a_type_has_an_empty_one() {
        fixture.write(backend, "CREATE TABLE item (a)");

        assertThat(introspector
                        .table("main", "item", false)
                        .columns()
                        .getFirst()
                        .dataType())
                .isEmpty();
    }

    @Test
    void generated_columns_are_stored_or_virtual() {
        fixture.write(
                backend,
                "CREATE TABLE item (a BIGINT, b BIGINT AS (a + 1), c BIGINT GENERATED ALWAYS AS (a + 2) STORED)");

        assertThat(introspector.table("main", "item", false).columns())
                .extracting(Column::name, Column::dataType, Column::generated)
                .containsExactly(
                        tuple("a", "BIGINT", null),
                        tuple("b", "BIGINT", Column.Generated.VIRTUAL),
                        tuple("c", "BIGINT", Column.Generated.STORED));
    }

    @Test
    void a_key_that_is_the_rows_number_is_given_by_sqlite_and_has_no_index() {
        fixture.write(
                backend,
                "CREATE TABLE numbered (id INTEGER PRIMARY KEY, label TEXT)",
                "CREATE TABLE not_numbered (id INTEGER PRIMARY KEY DESC)",
                "CREATE TABLE without_number (id INTEGER PRIMARY KEY) WITHOUT ROWID");

        TableDetails numbered = introspector.table("main", "numbered", false);
        assertThat(numbered.primaryKey()).isEqualTo(new KeyConstraint(null, List.of("id")));
        assertThat(numbered.indexes()).isEmpty();
        assertThat(numbered.columns())
                .extracting(Column::identity, Column::nullable)
                .containsExactly(tuple(Column.Identity.BY_DEFAULT, false), tuple(null, true));
        assertThat(introspector.table("main", "not_numbered", false).columns())
                .extracting(Column::identity, Column::nullable)
                .containsExactly(tuple(null, true));
        assertThat(introspector.table("main", "without_number", false).columns())
                .extracting(Column::identity, Column::nullable)
                .containsExactly(tuple(null, false));
    }

    @Test
    void an_index_shows_its_expressions_and_its_definition() {
        String definition = "CREATE UNIQUE INDEX item_terms ON item (lower(label), substr(label, 2, 3) DESC, id)"
                + " WHERE id IN (1, 2)";
        fixture.write(backend, "CREATE TABLE item (id BIGINT, label TEXT)", definition);

        assertThat(introspector.table("main", "item", false).indexes())
                .containsExactly(new Index(
                        "item_terms", List.of("lower(label)", "substr(label, 2, 3)", "id"), true, false, definition));
    }

    @Test
    void foreign_keys_stand_as_declared_with_every_action() {
        fixture.write(
                backend,
                "CREATE TABLE Parent (a BIGINT PRIMARY KEY)",
                "CREATE TABLE child (v BIGINT REFERENCES parent ON DELETE RESTRICT ON UPDATE SET DEFAULT,"
                        + " w BIGINT REFERENCES PARENT (A) ON DELETE SET NULL ON UPDATE CASCADE)");

        List<ForeignKey> keys = introspector.table("main", "child", false).foreignKeys();

        assertThat(keys)
                .containsExactly(
                        new ForeignKey(
                                null,
                                List.of("v"),
                                "main",
                                "Parent",
                                List.of("a"),
                                ReferentialAction.SET_DEFAULT,
                                ReferentialAction.RESTRICT),
                        new ForeignKey(
                                null,
                                List.of("w"),
                                "main",
                                "Parent",
                                List.of("A"),
                                ReferentialAction.CASCADE,
                                ReferentialAction.SET_NULL));
    }

    @Test
    void a_foreign_key_to_a_table_that_is_not_there_is_shown() {
        fixture.write(backend, "CREATE TABLE child (x BIGINT REFERENCES nowhere, y BIGINT REFERENCES nowhere (z))");

        assertThat(introspector.table("main", "child", false).foreignKeys())
                .extracting(ForeignKey::targetTable, ForeignKey::targetColumns)
                .containsExactly(tuple("nowhere", List.of("")), tuple("nowhere", List.of("z")));
    }

    @Test
    void a_broken_view_does_not_hide_the_others() {
        fixture.write(
                backend,
                "CREATE TABLE item (id BIGINT)",
                "CREATE VIEW broken AS SELECT * FROM nowhere",
                "CREATE VIEW whole AS SELECT * FROM item");

        assertThat(introspector.tables("main", null, 10).tables())
                .extracting(TableSummary::name)
                .containsExactly("broken", "item", "whole");
        assertThat(introspector.table("main", "whole", true).columns()).hasSize(1);
    }

    @Test
    void looking_is_possible_while_reading() {
        fixture.write(backend, "CREATE TABLE item (id BIGINT)");

        List<TableSummary> tables = backend.transactions()
                .inTransaction(
                        READ,
                        transaction -> introspector.tables("main", null, 10).tables());

        assertThat(tables).extracting(TableSummary::name).containsExactly("item");
    }
}

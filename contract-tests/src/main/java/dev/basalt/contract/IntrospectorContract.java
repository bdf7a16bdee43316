package dev.basalt.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.basalt.domain.failure.DatabaseFailure.ObjectNotFound;
import dev.basalt.domain.schema.DatabaseInfo;
import dev.basalt.domain.schema.RowCount;
import dev.basalt.domain.schema.SchemaInfo;
import dev.basalt.domain.schema.TableDetails;
import dev.basalt.domain.schema.TablePage;
import dev.basalt.domain.schema.TableSummary;
import dev.basalt.domain.schema.TableType;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import dev.basalt.ports.Introspector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What an {@link Introspector} lists: databases, schemas, tables and rows. What it says about a single table's columns
 * and keys is in {@link TableDetailsContract}. Tables are made by DDL without a schema's name, and looked for in the
 * first schema.
 */
@Timeout(120)
public abstract class IntrospectorContract {

    /** Names that are fine in quotes, in no order. The last two sort differently by UTF-16 unit and by code point. */
    private static final List<String> NAMES = List.of(
            "plain",
            "with space",
            "Upper",
            "ALLUPPER",
            "select",
            "table",
            "a'b",
            "a\"b",
            "\"quoted\"",
            "semi;colon",
            "dot.ted",
            "back\\slash",
            "100%_like",
            "q?mark",
            "$1",
            ":name",
            "größe",
            "Ärger",
            "表",
            "\uFB00 ligature",
            "😀 face");

    private final TestDatabase database;
    private final BackendFixture fixture;
    private Backend backend;
    private Introspector introspector;

    @SuppressWarnings("NullAway.Init") // JUnit calls open_a_backend first
    protected IntrospectorContract(TestDatabase database) {
        this.database = database;
        this.fixture = new BackendFixture(database);
    }

    @BeforeEach
    void open_a_backend() {
        backend = fixture.open(Limits.connections(2));
        introspector = backend.introspector();
    }

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    @Test
    void a_database_that_holds_something_has_a_size() {
        fixture.write(backend, "CREATE TABLE item (id BIGINT PRIMARY KEY)", "INSERT INTO item VALUES (1)");

        List<DatabaseInfo> databases = introspector.databases();

        assertThat(databases).extracting(DatabaseInfo::name).doesNotHaveDuplicates();
        assertThat(databases).extracting(DatabaseInfo::name).doesNotContain("template0", "template1");
        assertThat(databases).anySatisfy(one -> assertThat(one.sizeBytes()).isPositive());
    }

    @Test
    void schemas_are_listed_without_the_backends_own() {
        List<SchemaInfo> schemas = introspector.schemas();

        assertThat(schemas).isNotEmpty().doesNotHaveDuplicates();
        assertThat(schemas)
                .extracting(SchemaInfo::name)
                .doesNotContain("information_schema", "pg_catalog", "pg_toast", "temp");
    }

    @Test
    void an_empty_schema_has_an_empty_last_page() {
        TablePage page = introspector.tables(schema(), null, 10);

        assertThat(page.tables()).isEmpty();
        assertThat(page.nextAfter()).isNull();
    }

    @Test
    void tables_of_any_name_are_listed_by_code_point() {
        createOddTables();

        TablePage page = introspector.tables(schema(), null, 1000);

        assertThat(page.tables()).extracting(TableSummary::name).containsExactlyElementsOf(byCodePoint());
        assertThat(page.tables()).extracting(TableSummary::type).containsOnly(TableType.TABLE);
        assertThat(page.nextAfter()).isNull();
    }

    @Test
    void pages_follow_one_another_without_gap_or_overlap() {
        createOddTables();
        int size = NAMES.size();

        for (int pageSize : List.of(1, 4, size / 3, size - 1, size, size + 1)) {
            var names = new ArrayList<String>();
            int pages = 0;
            @Nullable String after = null;
            do {
                TablePage page = introspector.tables(schema(), after, pageSize);
                assertThat(page.tables()).hasSizeBetween(1, pageSize);
                page.tables().forEach(table -> names.add(table.name()));
                after = page.nextAfter();
                pages++;
            } while (after != null && pages <= size);

            assertThat(names).as("in pages of %d", pageSize).isEqualTo(byCodePoint());
            assertThat(pages).as("pages of %d", pageSize).isEqualTo(Math.ceilDiv(size, pageSize));
        }
    }

    @Test
    void a_page_may_begin_behind_a_name_that_no_table_has() {
        fixture.write(backend, "CREATE TABLE b (n BIGINT)", "CREATE TABLE d (n BIGINT)", "CREATE TABLE f (n BIGINT)");

        assertThat(names(introspector.tables(schema(), "a", 10))).containsExactly("b", "d", "f");
        assertThat(names(introspector.tables(schema(), "c", 10))).containsExactly("d", "f");
        assertThat(names(introspector.tables(schema(), "d", 10))).containsExactly("f");
        assertThat(names(introspector.tables(schema(), "f", 10))).isEmpty();
        assertThat(introspector.tables(schema(), "f", 10).nextAfter()).isNull();
    }

    @Test
    void tables_of_any_name_can_be_looked_into() {
        createOddTables();

        for (String name : NAMES) {
            TableDetails table = introspector.table(schema(), name, true);

            assertThat(table.schema()).isEqualTo(schema());
            assertThat(table.name()).isEqualTo(name);
            assertThat(table.columns()).extracting(column -> column.name()).containsExactly("id", name);
            assertThat(table.rowCount()).as(name).isEqualTo(RowCount.exact(2));
        }
    }

    @Test
    void views_are_listed_and_can_be_looked_into() {
        fixture.write(
                backend,
                "CREATE TABLE item (id BIGINT PRIMARY KEY, label VARCHAR(20))",
                "INSERT INTO item VALUES (1, 'one'), (2, 'two'), (3, 'three')",
                "CREATE VIEW big_item AS SELECT id AS number, label FROM item WHERE id > 1");

        assertThat(introspector.tables(schema(), null, 10).tables())
                .extracting(TableSummary::name, TableSummary::type)
                .containsExactly(tuple("big_item", TableType.VIEW), tuple("item", TableType.TABLE));
        TableDetails view = introspector.table(schema(), "big_item", true);
        assertThat(view.type()).isEqualTo(TableType.VIEW);
        assertThat(view.columns()).extracting(column -> column.name()).containsExactly("number", "label");
        assertThat(view.primaryKey()).isNull();
        assertThat(view.foreignKeys()).isEmpty();
        assertThat(view.rowCount()).isEqualTo(RowCount.exact(2));
    }

    @Test
    void rows_are_counted_exactly_on_request() {
        fixture.write(backend, "CREATE TABLE item (id BIGINT PRIMARY KEY)", "CREATE TABLE empty_item (id BIGINT)");
        fill("item", 137);

        assertThat(introspector.table(schema(), "item", true).rowCount()).isEqualTo(RowCount.exact(137));
        assertThat(introspector.table(schema(), "empty_item", true).rowCount()).isEqualTo(RowCount.exact(0));
    }

    @Test
    void without_a_request_the_number_of_rows_is_estimated_or_unknown_and_never_0_by_mistake() {
        fixture.write(backend, "CREATE TABLE item (id BIGINT PRIMARY KEY)");
        fill("item", 137);

        RowCount count = introspector.table(schema(), "item", false).rowCount();
        assertThat(count.kind()).isIn(RowCount.Kind.ESTIMATE, RowCount.Kind.UNKNOWN);
        assertThat(count.rows())
                .satisfiesAnyOf(
                        rows -> assertThat(rows).isNull(),
                        rows -> assertThat(rows).isPositive());
        TableSummary summary = introspector.tables(schema(), null, 10).tables().getFirst();
        assertThat(summary.rowEstimate())
                .satisfiesAnyOf(
                        rows -> assertThat(rows).isNull(),
                        rows -> assertThat(rows).isPositive());
        assertThat(summary.sizeBytes())
                .satisfiesAnyOf(
                        size -> assertThat(size).isNull(),
                        size -> assertThat(size).isPositive());
    }

    @Test
    void a_schema_that_does_not_exist_is_not_found() {
        for (String schema : List.of("no_such_schema", "no such \"schema'", "")) {
            assertThatExceptionOfType(ObjectNotFound.class).isThrownBy(() -> introspector.tables(schema, null, 10));
            assertThatExceptionOfType(ObjectNotFound.class).isThrownBy(() -> introspector.table(schema, "item", false));
        }
    }

    @Test
    void a_table_that_does_not_exist_is_not_found() {
        fixture.write(backend, "CREATE TABLE item (id BIGINT PRIMARY KEY)");

        for (String table : List.of("items", "ite", "item ", "\"item\"", "ite_", "%", "item'", "", "item;")) {
            for (boolean exact : List.of(true, false)) {
                assertThatExceptionOfType(ObjectNotFound.class)
                        .as("table '%s'", table)
                        .isThrownBy(() -> introspector.table(schema(), table, exact));
            }
        }
        assertThat(introspector.table(schema(), "item", true).name()).isEqualTo("item");
    }

    @Test
    void looking_takes_part_in_the_running_transaction() {
        String schema = schema();

        List<String> seen = backend.transactions().inTransaction(TransactionOptions.WRITE, transaction -> {
            database.execute(backend, "CREATE TABLE fresh (id BIGINT PRIMARY KEY)");
            transaction.rollbackOnly();
            return names(introspector.tables(schema, null, 10));
        });

        assertThat(seen).containsExactly("fresh");
        assertThat(names(introspector.tables(schema, null, 10))).isEmpty();
    }

    private void createOddTables() {
        fixture.write(
                backend,
                NAMES.stream()
                        .flatMap(name -> IntStream.range(0, 2)
                                .mapToObj(step -> step == 0
                                        ? "CREATE TABLE %1$s (id BIGINT PRIMARY KEY, %1$s VARCHAR(20))"
                                                .formatted(quoted(name))
                                        : "INSERT INTO %s VALUES (1, 'x'), (2, NULL)".formatted(quoted(name))))
                        .toArray(String[]::new));
    }

    private void fill(String table, int rows) {
        String values = String.join(
                ", ",
                IntStream.rangeClosed(1, rows).mapToObj(id -> "(" + id + ")").toList());
        fixture.write(backend, "INSERT INTO " + table + " VALUES " + values);
    }

    private String schema() {
        return introspector.schemas().getFirst().name();
    }

    private static List<String> names(TablePage page) {
        return page.tables().stream().map(TableSummary::name).toList();
    }

    /** The order of code points is that of the UTF-32 numbers, not that of {@link String#compareTo}. */
    private static List<String> byCodePoint() {
        Comparator<String> order = (one, other) ->
                Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());
        return NAMES.stream().sorted(order).toList();
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}

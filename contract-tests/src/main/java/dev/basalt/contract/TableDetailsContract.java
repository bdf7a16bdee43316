package dev.basalt.contract;

import static dev.basalt.domain.schema.ReferentialAction.CASCADE;
import static dev.basalt.domain.schema.ReferentialAction.NO_ACTION;
import static dev.basalt.domain.schema.ReferentialAction.SET_NULL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.basalt.domain.schema.Column;
import dev.basalt.domain.schema.ForeignKey;
import dev.basalt.domain.schema.Index;
import dev.basalt.domain.schema.KeyConstraint;
import dev.basalt.domain.schema.TableDetails;
import dev.basalt.domain.schema.TableType;
import dev.basalt.ports.Backend;
import dev.basalt.ports.Introspector;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an {@link Introspector} says about the columns, keys and indexes of a table. */
@Timeout(120)
public abstract class TableDetailsContract {

    private final BackendFixture fixture;
    private Backend backend;
    private Introspector introspector;

    @SuppressWarnings("NullAway.Init") // JUnit calls open_a_backend first
    protected TableDetailsContract(TestDatabase database) {
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
    void columns_stand_in_their_order_with_type_length_nullability_and_default() {
        fixture.write(
                backend,
                "CREATE TABLE item (zulu VARCHAR(20) NOT NULL, alpha TEXT, mike BIGINT DEFAULT 7 NOT NULL,"
                        + " echo VARCHAR(5) DEFAULT 'it''s', price NUMERIC(10,2))");

        List<Column> columns = details("item").columns();

        assertThat(columns)
                .extracting(Column::name, Column::nullable, Column::maxLength)
                .containsExactly(
                        tuple("zulu", false, 20),
                        tuple("alpha", true, null),
                        tuple("mike", false, null),
                        tuple("echo", true, 5),
                        tuple("price", true, null));
        assertThat(columns.get(0).dataType()).containsIgnoringCase("char");
        assertThat(columns.get(1).dataType()).isEqualToIgnoringCase("text");
        assertThat(columns.get(2).dataType()).isEqualToIgnoringCase("bigint");
        assertThat(columns.get(4).dataType()).isEqualToIgnoringCase("numeric(10,2)");
        assertThat(columns.get(0).defaultValue()).isNull();
        assertThat(columns.get(1).defaultValue()).isNull();
        assertThat(columns.get(2).defaultValue()).isEqualTo("7");
        assertThat(columns.get(3).defaultValue()).startsWith("'it''s'");
        assertThat(columns).allSatisfy(column -> {
            assertThat(column.generated()).isNull();
            assertThat(column.identity()).isNull();
        });
        assertThat(details("item").type()).isEqualTo(TableType.TABLE);
    }

    @Test
    void a_generated_column_says_so() {
        fixture.write(
                backend, "CREATE TABLE item (net BIGINT NOT NULL, gross BIGINT GENERATED ALWAYS AS (net * 2) STORED)");

        assertThat(details("item").columns())
                .extracting(Column::name, Column::generated)
                .containsExactly(tuple("net", null), tuple("gross", Column.Generated.STORED));
    }

    @Test
    void a_primary_key_keeps_its_own_order_of_columns() {
        fixture.write(
                backend, "CREATE TABLE item (a BIGINT NOT NULL, b BIGINT, c BIGINT NOT NULL, PRIMARY KEY (c, a))");

        TableDetails item = details("item");

        assertThat(Objects.requireNonNull(item.primaryKey()).columns()).containsExactly("c", "a");
        assertThat(item.indexes()).filteredOn(Index::primary).singleElement().satisfies(index -> {
            assertThat(index.columns()).containsExactly("c", "a");
            assertThat(index.unique()).isTrue();
        });
        assertThat(item.uniqueConstraints()).isEmpty();
    }

    @Test
    void a_table_without_keys_has_none() {
        fixture.write(backend, "CREATE TABLE item (id BIGINT, label TEXT)");

        TableDetails item = details("item");

        assertThat(item.columns()).hasSize(2);
        assertThat(item.primaryKey()).isNull();
        assertThat(item.indexes()).isEmpty();
        assertThat(item.foreignKeys()).isEmpty();
        assertThat(item.uniqueConstraints()).isEmpty();
    }

    @Test
    void composite_foreign_keys_keep_their_pairs() {
        fixture.write(
                backend,
                "CREATE TABLE parent (a BIGINT NOT NULL, b BIGINT NOT NULL, c BIGINT NOT NULL,"
                        + " PRIMARY KEY (c, a), UNIQUE (b, c))",
                "CREATE TABLE child (x BIGINT, y BIGINT, z BIGINT,"
                        + " FOREIGN KEY (y, x) REFERENCES parent (c, a) ON DELETE CASCADE ON UPDATE SET NULL,"
                        + " FOREIGN KEY (z, y) REFERENCES parent (b, c))");

        List<ForeignKey> keys = details("child").foreignKeys();

        assertThat(keys)
                .extracting(ForeignKey::targetSchema, ForeignKey::targetTable)
                .containsExactly(tuple(schema(), "parent"), tuple(schema(), "parent"));
        assertThat(keys)
                .extracting(TableDetailsContract::pairs, ForeignKey::onUpdate, ForeignKey::onDelete)
                .containsExactlyInAnyOrder(
                        tuple(List.of("y -> c", "x -> a"), SET_NULL, CASCADE),
                        tuple(List.of("z -> b", "y -> c"), NO_ACTION, NO_ACTION));
        assertThat(details("parent").foreignKeys()).isEmpty();
    }

    @Test
    void a_foreign_key_without_target_columns_refers_to_the_primary_key() {
        fixture.write(
                backend,
                "CREATE TABLE parent (a BIGINT NOT NULL, b BIGINT NOT NULL, PRIMARY KEY (b, a))",
                "CREATE TABLE child (x BIGINT, y BIGINT, FOREIGN KEY (x, y) REFERENCES parent)");

        assertThat(details("child").foreignKeys())
                .singleElement()
                .satisfies(key -> assertThat(pairs(key)).containsExactly("x -> b", "y -> a"));
    }

    @Test
    void a_table_may_refer_to_itself() {
        fixture.write(
                backend,
                "CREATE TABLE node (id BIGINT PRIMARY KEY, parent BIGINT REFERENCES node (id) ON DELETE CASCADE)");

        assertThat(details("node").foreignKeys()).singleElement().satisfies(key -> {
            assertThat(key.targetTable()).isEqualTo("node");
            assertThat(key.targetSchema()).isEqualTo(schema());
            assertThat(pairs(key)).containsExactly("parent -> id");
            assertThat(key.onDelete()).isEqualTo(CASCADE);
        });
    }

    @Test
    void constraints_of_one_name_in_two_tables_do_not_mix() {
        fixture.write(
                backend,
                "CREATE TABLE left_parent (id BIGINT PRIMARY KEY)",
                "CREATE TABLE right_parent (code BIGINT PRIMARY KEY)",
                "CREATE TABLE left_child (l BIGINT, CONSTRAINT to_parent FOREIGN KEY (l) REFERENCES left_parent (id))",
                "CREATE TABLE right_child (r BIGINT,"
                        + " CONSTRAINT to_parent FOREIGN KEY (r) REFERENCES right_parent (code))");

        assertThat(details("left_child").foreignKeys())
                .extracting(ForeignKey::targetTable, TableDetailsContract::pairs)
                .containsExactly(tuple("left_parent", List.of("l -> id")));
        assertThat(details("right_child").foreignKeys())
                .extracting(ForeignKey::targetTable, TableDetailsContract::pairs)
                .containsExactly(tuple("right_parent", List.of("r -> code")));
    }

    @Test
    void two_foreign_keys_on_one_column_stay_two() {
        fixture.write(
                backend,
                "CREATE TABLE one (id BIGINT PRIMARY KEY)",
                "CREATE TABLE two (id BIGINT PRIMARY KEY)",
                "CREATE TABLE child (x BIGINT REFERENCES one (id), FOREIGN KEY (x) REFERENCES two (id))");

        assertThat(details("child").foreignKeys())
                .extracting(ForeignKey::targetTable, TableDetailsContract::pairs)
                .containsExactlyInAnyOrder(tuple("one", List.of("x -> id")), tuple("two", List.of("x -> id")));
    }

    @Test
    void indexes_are_told_from_unique_constraints() {
        fixture.write(
                backend,
                "CREATE TABLE item (a BIGINT, b BIGINT, c BIGINT, d BIGINT, UNIQUE (d, a))",
                "CREATE UNIQUE INDEX item_unique ON item (c, a)",
                "CREATE INDEX item_plain ON item (b)");

        TableDetails item = details("item");

        assertThat(item.uniqueConstraints()).extracting(KeyConstraint::columns).containsExactly(List.of("d", "a"));
        assertThat(item.indexes())
                .filteredOn(index -> index.name().startsWith("item_unique"))
                .singleElement()
                .satisfies(index -> {
                    assertThat(index.columns()).containsExactly("c", "a");
                    assertThat(index.unique()).isTrue();
                    assertThat(index.primary()).isFalse();
                    assertThat(index.definition()).containsIgnoringCase("CREATE UNIQUE INDEX");
                });
        assertThat(item.indexes())
                .filteredOn(index -> index.name().equals("item_plain"))
                .singleElement()
                .satisfies(index -> {
                    assertThat(index.columns()).containsExactly("b");
                    assertThat(index.unique()).isFalse();
                    assertThat(index.definition()).containsIgnoringCase("CREATE INDEX");
                });
    }

    @Test
    void indexes_stand_by_name_and_one_over_an_expression_has_it_as_its_column() {
        fixture.write(
                backend,
                "CREATE TABLE item (label TEXT, n BIGINT)",
                "CREATE INDEX item_z ON item (n)",
                "CREATE INDEX item_a ON item (lower(label), n)",
                "CREATE INDEX item_m ON item (label)");

        List<Index> indexes = details("item").indexes();

        assertThat(indexes).extracting(Index::name).containsExactly("item_a", "item_m", "item_z");
        assertThat(indexes.getFirst().columns()).hasSize(2).endsWith("n");
        assertThat(indexes.getFirst().columns().getFirst()).isNotBlank().isNotEqualTo("label");
    }

    @Test
    void odd_names_of_columns_and_keys_come_back_as_they_are() {
        fixture.write(
                backend,
                "CREATE TABLE \"Old \"\"Parent\"\" ä\" (\"The Key\" BIGINT PRIMARY KEY)",
                """
                CREATE TABLE "order" ("select" BIGINT, "größe '😀" VARCHAR(20), "a.b" BIGINT NOT NULL,
                  PRIMARY KEY ("a.b"),
                  UNIQUE ("größe '😀"),
                  FOREIGN KEY ("select") REFERENCES "Old ""Parent"" ä" ("The Key"))""",
                "CREATE INDEX \"Ix \"\"1\"\"\" ON \"order\" (\"größe '😀\", \"select\")");

        TableDetails order = details("order");

        assertThat(order.columns()).extracting(Column::name).containsExactly("select", "größe '😀", "a.b");
        assertThat(Objects.requireNonNull(order.primaryKey()).columns()).containsExactly("a.b");
        assertThat(order.uniqueConstraints()).extracting(KeyConstraint::columns).containsExactly(List.of("größe '😀"));
        assertThat(order.foreignKeys())
                .extracting(ForeignKey::targetTable, TableDetailsContract::pairs)
                .containsExactly(tuple("Old \"Parent\" ä", List.of("select -> The Key")));
        assertThat(order.indexes())
                .filteredOn(index -> index.name().equals("Ix \"1\""))
                .singleElement()
                .satisfies(index -> assertThat(index.columns()).containsExactly("größe '😀", "select"));
    }

    private TableDetails details(String table) {
        return introspector.table(schema(), table, false);
    }

    private String schema() {
        return introspector.schemas().getFirst().name();
    }

    private static List<String> pairs(ForeignKey key) {
        return IntStream.range(0, key.columns().size())
                .mapToObj(
                        i -> key.columns().get(i) + " -> " + key.targetColumns().get(i))
                .toList();
    }
}

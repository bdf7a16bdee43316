package dev.basalt.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure.ObjectNotFound;
import dev.basalt.domain.failure.DatabaseFailure.PermissionDenied;
import dev.basalt.domain.schema.DatabaseInfo;
import dev.basalt.domain.schema.ForeignKey;
import dev.basalt.domain.schema.KeyConstraint;
import dev.basalt.domain.schema.RowCount;
import dev.basalt.domain.schema.SchemaInfo;
import dev.basalt.domain.schema.TableDetails;
import dev.basalt.domain.schema.TablePage;
import dev.basalt.domain.schema.TableSummary;
import dev.basalt.domain.schema.TableType;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import dev.basalt.ports.Introspector;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What PostgreSQL's catalogues list beyond what every backend has, and what they show to whom. */
@Timeout(120)
final class PostgresCatalogueTest {

    private final OwnDatabase database = new OwnDatabase();
    private final Introspector introspector =
            database.open(Limits.connections(2)).introspector();

    @AfterEach
    void close_the_backends() {
        database.close();
    }

    @Test
    void databases_are_listed_with_their_size_and_without_templates() {
        List<DatabaseInfo> databases = introspector.databases();

        assertThat(databases)
                .extracting(DatabaseInfo::name)
                .contains("postgres", database.name())
                .doesNotContain("template0", "template1")
                .isSorted();
        assertThat(databases)
                .filteredOn(one -> one.name().equals(database.name()))
                .singleElement()
                .satisfies(one -> assertThat(one.sizeBytes()).isGreaterThan(1_000_000L));
    }

    @Test
    void a_database_that_the_role_may_not_connect_to_is_listed_without_a_size() {
        String role = database.createRole();
        String closed = database.server().createDatabase();
        database.execute("REVOKE CONNECT ON DATABASE " + closed + " FROM PUBLIC");

        List<DatabaseInfo> databases = as(role).databases();

        assertThat(size(databases, closed)).isEmpty();
        assertThat(size(databases, database.name())).isPresent();
        database.execute("GRANT pg_read_all_stats TO " + role);
        assertThat(size(as(role).databases(), closed)).isPresent();
    }

    @Test
    void schemas_are_listed_by_code_point_without_the_systems() {
        database.execute(
                "CREATE SCHEMA \"Zoo\"", "CREATE SCHEMA äpfel", "CREATE SCHEMA \"a b\"", "CREATE TEMP TABLE t ()");

        assertThat(introspector.schemas())
                .extracting(SchemaInfo::name)
                .containsExactly("Zoo", "a b", "public", "äpfel");
    }

    @Test
    void a_schema_that_the_role_may_not_use_is_listed_and_nothing_in_it_is_found() {
        String role = database.createRole();
        database.execute(
                "CREATE SCHEMA hidden", "CREATE TABLE hidden.item (id bigint)", "CREATE TABLE item (id bigint)");
        Introspector restricted = as(role);

        assertThat(restricted.schemas()).extracting(SchemaInfo::name).containsExactly("hidden", "public");
        assertThat(names(restricted.tables("public", null, 10))).containsExactly("item");
        assertThatExceptionOfType(ObjectNotFound.class)
                .isThrownBy(() -> restricted.tables("hidden", null, 10))
                .withMessageContaining("may not use it");
        assertThatExceptionOfType(ObjectNotFound.class).isThrownBy(() -> restricted.table("hidden", "item", false));
        assertThat(names(introspector.tables("hidden", null, 10))).containsExactly("item");
    }

    @Test
    void system_schemas_are_not_found() {
        for (String schema : List.of("pg_catalog", "information_schema", "pg_toast")) {
            assertThatExceptionOfType(ObjectNotFound.class).isThrownBy(() -> introspector.tables(schema, null, 10));
            assertThatExceptionOfType(ObjectNotFound.class)
                    .isThrownBy(() -> introspector.table(schema, "pg_class", false));
        }
    }

    @Test
    void a_role_that_may_only_read_sees_all_keys_and_counts_rows() {
        String role = database.createRole();
        database.execute(
                "CREATE TABLE parent (id bigint PRIMARY KEY)",
                "CREATE TABLE child (id bigint PRIMARY KEY, code text UNIQUE, parent bigint REFERENCES parent)",
                "CREATE INDEX child_by_parent ON child (parent)",
                "INSERT INTO parent VALUES (1)",
                "GRANT SELECT ON child TO " + role);

        TableDetails child = as(role).table("public", "child", true);

        assertThat(child).isEqualTo(introspector.table("public", "child", true));
        assertThat(Objects.requireNonNull(child.primaryKey()).columns()).containsExactly("id");
        assertThat(child.foreignKeys()).extracting(ForeignKey::targetTable).containsExactly("parent");
        assertThat(child.uniqueConstraints()).extracting(KeyConstraint::columns).containsExactly(List.of("code"));
        assertThat(child.indexes()).hasSize(3);
        assertThat(child.rowCount()).isEqualTo(RowCount.exact(0));
        assertThatExceptionOfType(PermissionDenied.class).isThrownBy(() -> as(role).table("public", "parent", true));
        assertThat(as(role).table("public", "parent", false).columns()).hasSize(1);
    }

    @Test
    void every_kind_of_relation_is_listed_and_nothing_else() {
        database.execute(
                "CREATE TABLE plain (id bigint)",
                "CREATE TABLE parted (id bigint) PARTITION BY RANGE (id)",
                "CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (10)",
                "CREATE TABLE heir () INHERITS (plain)",
                "CREATE VIEW looking AS SELECT * FROM plain",
                "CREATE MATERIALIZED VIEW kept AS SELECT * FROM plain",
                "CREATE FOREIGN DATA WRAPPER nothing",
                "CREATE SERVER far FOREIGN DATA WRAPPER nothing",
                "CREATE FOREIGN TABLE distant (id bigint) SERVER far",
                "CREATE SEQUENCE numbers",
                "CREATE INDEX plain_id ON plain (id)",
                "CREATE TYPE pair AS (a int, b int)");

        assertThat(introspector.tables("public", null, 100).tables())
                .extracting(TableSummary::name, TableSummary::type)
                .containsExactly(
                        tuple("distant", TableType.FOREIGN_TABLE),
                        tuple("heir", TableType.TABLE),
                        tuple("kept", TableType.MATERIALIZED_VIEW),
                        tuple("looking", TableType.VIEW),
                        tuple("parted", TableType.PARTITIONED_TABLE),
                        tuple("parted_1", TableType.TABLE),
                        tuple("plain", TableType.TABLE));
        assertThat(introspector.table("public", "distant", false).type()).isEqualTo(TableType.FOREIGN_TABLE);
        assertThat(introspector.table("public", "heir", true).columns()).hasSize(1);
        assertThatExceptionOfType(ObjectNotFound.class)
                .isThrownBy(() -> introspector.table("public", "numbers", false));
    }

    @Test
    void sizes_estimates_and_comments_are_what_the_server_knows() {
        database.execute(
                "CREATE TABLE fresh (id bigint) WITH (autovacuum_enabled = false)",
                "CREATE TABLE known (id bigint PRIMARY KEY)",
                "CREATE TABLE vain (id bigint) WITH (autovacuum_enabled = false)",
                "CREATE VIEW looking AS SELECT 1",
                "INSERT INTO known SELECT generate_series(1, 500)",
                "ANALYZE known",
                "ANALYZE vain",
                "INSERT INTO vain SELECT generate_series(1, 500)",
                "INSERT INTO fresh VALUES (1)",
                "COMMENT ON TABLE known IS 'Well known'");

        assertThat(introspector.tables("public", null, 10).tables())
                .extracting(TableSummary::name, TableSummary::rowEstimate, TableSummary::comment)
                .containsExactly(
                        tuple("fresh", null, null),
                        tuple("known", 500L, "Well known"),
                        tuple("looking", null, null),
                        tuple("vain", null, null));
        assertThat(introspector.tables("public", null, 10).tables())
                .filteredOn(table -> table.type() == TableType.TABLE)
                .extracting(TableSummary::sizeBytes)
                .allSatisfy(size -> assertThat(size).isPositive());
        assertThat(introspector.table("public", "known", false).rowCount()).isEqualTo(RowCount.estimate(500L));
        assertThat(introspector.table("public", "fresh", false).rowCount()).isEqualTo(RowCount.UNKNOWN);
    }

    @Test
    void a_table_that_somebody_alters_does_not_hold_up_the_list() throws SQLException {
        Backend impatient = database.open(Limits.queryTimeout(Duration.ofSeconds(5)));
        database.execute("CREATE TABLE altered (id bigint PRIMARY KEY)", "CREATE TABLE other (id bigint PRIMARY KEY)");
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("ALTER TABLE altered ADD COLUMN note text");

            List<TableSummary> tables =
                    impatient.introspector().tables("public", null, 10).tables();

            assertThat(tables).extracting(TableSummary::name).containsExactly("altered", "other");
            assertThat(tables.getFirst().sizeBytes()).isNull();
            assertThat(tables.getLast().sizeBytes()).isPositive();
        }
    }

    @Test
    void the_number_of_queries_does_not_grow_with_the_tables() {
        var queries = new AtomicInteger();
        Introspector counted = database.open(database.url(), Limits.connections(1), new BackendListener() {
                    @Override
                    public void statementExecuted(String pool, String sql, Duration took, boolean succeeded) {
                        queries.incrementAndGet();
                    }
                })
                .introspector();
        database.execute("CREATE TABLE a_first (id bigint PRIMARY KEY)");
        assertThat(counted.tables("public", null, 1000).tables()).hasSize(1);
        int forOne = queries.getAndSet(0);
        database.execute(
                "DO $$ BEGIN FOR i IN 1..300 LOOP EXECUTE format('CREATE TABLE t%s (id bigint)', i); END LOOP; END $$");

        assertThat(counted.tables("public", null, 1000).tables()).hasSize(301);

        assertThat(queries).hasValue(forOne);
        assertThat(forOne).isEqualTo(2);
    }

    @Test
    void ten_thousand_tables_are_listed_page_by_page() {
        database.execute(
                "CREATE SCHEMA large",
                "DO $$ BEGIN FOR i IN 1..5000 LOOP EXECUTE format('CREATE TABLE large.t%s ()', i); END LOOP; END $$",
                "DO $$ BEGIN FOR i IN 5001..10000 LOOP EXECUTE format('CREATE TABLE large.t%s ()', i); END LOOP; END $$");

        var names = new ArrayList<String>();
        @Nullable String after = null;
        do {
            TablePage page = introspector.tables("large", after, 999);
            names.addAll(names(page));
            after = page.nextAfter();
        } while (after != null);

        assertThat(names).hasSize(10_000).isSorted().doesNotHaveDuplicates();
    }

    private Introspector as(String role) {
        return database.open(database.url(role), Limits.connections(1)).introspector();
    }

    private static Optional<Long> size(List<DatabaseInfo> databases, String name) {
        return databases.stream()
                .filter(one -> one.name().equals(name))
                .map(one -> Optional.ofNullable(one.sizeBytes()))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> names(TablePage page) {
        return page.tables().stream().map(TableSummary::name).toList();
    }
}

package dev.basalt.app.http.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.basalt.app.RunningApplication;
import dev.basalt.app.RunningApplication.Answer;
import dev.basalt.contract.TestDatabase;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.basalt.contract.TestDatabase#installed")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // JUnit sets the parameter before anything else
class SchemaHttpTest {

    @Parameter
    private TestDatabase database;

    private RunningApplication application;
    private String tables;

    @BeforeParameterizedClassInvocation
    void start() {
        application = RunningApplication.on(
                database.create(),
                "database.pools.second.url",
                database.create().value(),
                "database.pools.second.max-connections",
                "3");
        tables = "/api/v1/schemas/" + schema() + "/tables";
    }

    @AfterAll
    void stop() {
        application.close();
    }

    @Test
    void only_the_primary_pool_is_migrated() {
        JsonNode second = application.get(tables + "?pool=second").json();

        assertThat(second.path("items")).isEmpty();
    }

    @Test
    void databases_have_a_name_and_a_size() {
        JsonNode databases = application.get("/api/v1/databases").json();

        assertThat(databases).isNotEmpty();
        assertThat(databases.path(0).fieldNames()).toIterable().containsExactly("name", "size_bytes");
    }

    @Test
    void tables_come_in_pages_by_name() {
        var names = new ArrayList<String>();
        String after = "";
        do {
            JsonNode page = application
                    .get(tables + "?page_size=1" + (after.isEmpty() ? "" : "&after=" + encoded(after)))
                    .json();
            assertThat(page.path("items")).hasSize(1);
            assertThat(page.path("page_size").asInt()).isEqualTo(1);
            assertThat(page.path("has_next").asBoolean())
                    .isEqualTo(!page.path("next_after").isNull());
            names.addAll(page.path("items").findValuesAsText("name"));
            after = page.path("next_after").asText("");
        } while (!after.isEmpty() && !after.equals("null"));

        assertThat(names)
                .contains("accounts", "entries", "transfers")
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(application.get(tables).json().path("items").findValuesAsText("name"))
                .isEqualTo(names);
    }

    @Test
    void a_table_is_described() {
        JsonNode table = application.get(tables + "/entries").json();

        assertThat(table.path("name").asText()).isEqualTo("entries");
        assertThat(table.path("type").asText()).isEqualTo("table");
        assertThat(table.path("columns")).isNotEmpty();
        assertThat(table.path("columns").path(0).fieldNames())
                .toIterable()
                .containsExactly(
                        "name",
                        "data_type",
                        "max_length",
                        "nullable",
                        "default_value",
                        "generated",
                        "identity",
                        "comment");
        assertThat(table.path("primary_key").path("columns")).isNotEmpty();
        assertThat(table.path("indexes")).isNotEmpty();
        assertThat(table.path("row_count_kind").asText()).isIn("exact", "estimate", "unknown");
    }

    @Test
    void rows_are_counted_when_asked() {
        application.write(database, "CREATE TABLE counted (id INTEGER)", "INSERT INTO counted VALUES (1), (2), (3)");

        JsonNode table = application.get(tables + "/counted?exact_count=true").json();

        assertThat(table.path("row_count").asInt()).isEqualTo(3);
        assertThat(table.path("row_count_kind").asText()).isEqualTo("exact");
    }

    @Test
    void any_name_works_in_a_path() {
        for (String name : List.of("with blank", "a/b", "O'Neil", "say \"x\"", "Größe", "1+1", "50%", "a?b#c", "表")) {
            application.write(database, "CREATE TABLE \"" + name.replace("\"", "\"\"") + "\" (id INTEGER PRIMARY KEY)");

            Answer answer = application.get(tables + "/" + encoded(name));

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.json().path("name").asText()).isEqualTo(name);
        }
        assertThat(application.get(tables + "/1+1").json().path("name").asText())
                .isEqualTo("1+1");
        // Left in place they would stand among the tables that other tests list.
        for (String name : List.of("with blank", "a/b", "O'Neil", "say \"x\"", "Größe", "1+1", "50%", "a?b#c", "表")) {
            application.write(database, "DROP TABLE \"" + name.replace("\"", "\"\"") + "\"");
        }
    }

    @Test
    void what_is_not_there_is_told() {
        for (String path : List.of(tables + "/nope", tables + "/%00", tables + "/%FF", "/api/v1/schemas/nope/tables")) {
            Answer answer = application.get(path);

            assertThat(answer.status()).as(path + answer.text()).isEqualTo(404);
            assertThat(answer.code()).as(path).isEqualTo("object_not_found");
        }
    }

    @Test
    void faulty_parameters_are_named() {
        Answer answer = application.get(tables + "?page_size=0&after=%00");
        Answer table = application.get(tables + "/entries?exact_count=maybe");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("page_size", "after");
        assertThat(table.json().path("errors").findValuesAsText("field")).containsExactly("exact_count");
    }

    private String schema() {
        for (String name : application.get("/api/v1/schemas").json().findValuesAsText("name")) {
            List<String> names = application
                    .get("/api/v1/schemas/" + encoded(name) + "/tables")
                    .json()
                    .path("items")
                    .findValuesAsText("name");
            if (names.contains("accounts")) {
                return encoded(name);
            }
        }
        throw new AssertionError("no schema has the ledger's tables");
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

package dev.basalt.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.RunningApplication;
import dev.basalt.app.RunningApplication.Answer;
import dev.basalt.contract.TestDatabase;
import io.micronaut.web.router.Router;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.yaml.snakeyaml.Yaml;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {

    /** The interface as it is promised, as far as it is there. */
    private static final Set<String> PROMISED = Set.of(
            "GET /api/v1/accounts",
            "POST /api/v1/accounts",
            "GET /api/v1/accounts/{id}",
            "GET /api/v1/accounts/{id}/entries",
            "POST /api/v1/transfers",
            "GET /api/v1/transfers/{id}",
            "GET /api/v1/pools",
            "GET /api/v1/pools/{pool}",
            "GET /api/v1/pools/{pool}/holders",
            "GET /api/v1/databases",
            "GET /api/v1/schemas",
            "GET /api/v1/schemas/{schema}/tables",
            "GET /api/v1/schemas/{schema}/tables/{table}",
            "GET /api/v1/config",
            "GET /api/v1/migrations",
            "POST /api/v1/migrations/migrate",
            "POST /api/v1/migrations/validate",
            "POST /api/v1/migrations/repair",
            "POST /api/v1/migrations/baseline",
            "POST /api/v1/migrations/revert",
            "GET /api/v1/health");

    private final RunningApplication application =
            RunningApplication.on(TestDatabase.installed().getFirst().create());
    private final Answer document = application.get("/openapi.yml");

    @AfterAll
    void stop() {
        application.close();
    }

    @Test
    void the_document_is_served_as_yaml() {
        assertThat(document.status()).isEqualTo(200);
        assertThat(document.header("Content-Type")).startsWith("application/yaml");
    }

    @Test
    void the_document_describes_exactly_what_is_promised() {
        assertThat(described()).isEqualTo(PROMISED);
    }

    @Test
    void every_route_is_described() {
        Set<String> routes = application
                .context()
                .getBean(Router.class)
                .uriRoutes()
                .map(route -> route.getHttpMethodName() + " "
                        + route.getUriMatchTemplate().toPathString().replaceAll(":\\[[^]]*]\\+", ""))
                .filter(route -> route.contains(" /api/") && !route.startsWith("HEAD"))
                .collect(Collectors.toSet());

        assertThat(routes).isEqualTo(PROMISED);
    }

    @Test
    void every_path_of_the_document_answers() {
        Set<String> described = described();
        assertThat(described).isNotEmpty();
        for (String operation : described) {
            String[] parts = operation.split(" ", 2);
            // Of no pool: the schema must stay as it is.
            String path = parts[1].replaceAll("\\{\\w+}", "1") + "?pool=nowhere";
            Answer answer = application.method(parts[0], path);

            assertThat(answer.text()).as(operation).doesNotContain("there is nothing at");
            assertThat(answer.status()).as(operation).isNotIn(405, 500);
        }
    }

    @Test
    void every_reference_in_the_document_leads_somewhere() {
        Set<String> references = Pattern.compile("\\$ref: \"#/([^\"]+)\"")
                .matcher(document.text())
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(references).isNotEmpty().contains("components/schemas/Problem");
        for (String reference : references) {
            assertThat(step(parsed(), reference.split("/", -1))).as(reference).isInstanceOf(Map.class);
        }
    }

    @Test
    void orders_take_the_idempotency_key_and_answer_problems() {
        Map<?, ?> post = (Map<?, ?>) step(parsed(), "paths", "/api/v1/transfers", "post");

        assertThat(String.valueOf(post.get("parameters"))).contains("idempotency_key");
        assertThat(((Map<?, ?>) step(post, "responses")).keySet().stream().map(String::valueOf))
                .containsExactlyInAnyOrder("201", "401", "403", "4XX", "5XX");
        assertThat(String.valueOf(step(parsed(), "components", "schemas", "NewTransfer", "required")))
                .contains("from_account", "to_account", "amount")
                .doesNotContain("description");
    }

    @Test
    void both_kinds_of_credentials_are_described() {
        assertThat(((Map<?, ?>) step(parsed(), "components", "securitySchemes"))
                        .keySet().stream().map(String::valueOf))
                .containsExactlyInAnyOrder("basic", "bearer");
        assertThat(String.valueOf(parsed().get("security"))).contains("basic", "bearer");
    }

    @Test
    void the_viewer_comes_from_this_server_alone() {
        Answer page = application.get("/docs");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).doesNotContain("http:").doesNotContain("https:").doesNotContain("//");
        Set<String> resources = Pattern.compile("(?:src|href)=\"([^\"]+)\"")
                .matcher(page.text())
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toSet());
        assertThat(resources)
                .hasSize(3)
                .allSatisfy(resource -> assertThat(application.get(resource).status())
                        .as(resource)
                        .isEqualTo(200));
    }

    private Set<String> described() {
        var described = new TreeSet<String>();
        ((Map<?, ?>) step(parsed(), "paths"))
                .forEach((path, operations) -> ((Map<?, ?>) operations)
                        .keySet()
                        .forEach(
                                method -> described.add(String.valueOf(method).toUpperCase(Locale.ROOT) + " " + path)));
        return described;
    }

    private Map<?, ?> parsed() {
        return new Yaml().load(document.text());
    }

    private static Object step(Object place, String... steps) {
        Object reached = place;
        for (String step : steps) {
            reached = Objects.requireNonNull(((Map<?, ?>) reached).get(step), step);
        }
        return reached;
    }
}

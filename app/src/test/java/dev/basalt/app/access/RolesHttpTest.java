package dev.basalt.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.RunningApplication;
import dev.basalt.app.RunningApplication.Answer;
import io.micronaut.web.router.Router;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.yaml.snakeyaml.Yaml;

/** Walks over every route with every kind of caller. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolesHttpTest {

    private static final String EVERYBODY = "everybody";
    private static final List<String> ROLES = List.of("viewer", "operator", "admin");

    /** Who may do what, as the contract has it; the lowest role, which the higher ones include. */
    private static final Map<String, String> TABLE = Map.ofEntries(
            Map.entry("GET /health", EVERYBODY),
            Map.entry("GET /health/{selector}", EVERYBODY),
            Map.entry("GET /api/v1/health", EVERYBODY),
            Map.entry("GET /openapi.yml", EVERYBODY),
            Map.entry("GET /docs", EVERYBODY),
            Map.entry("GET /api/v1/pools", "viewer"),
            Map.entry("GET /api/v1/pools/{pool}", "viewer"),
            Map.entry("GET /api/v1/pools/{pool}/holders", "operator"),
            Map.entry("GET /api/v1/databases", "viewer"),
            Map.entry("GET /api/v1/schemas", "viewer"),
            Map.entry("GET /api/v1/schemas/{schema}/tables", "viewer"),
            Map.entry("GET /api/v1/schemas/{schema}/tables/{table}", "viewer"),
            Map.entry("GET /api/v1/accounts", "viewer"),
            Map.entry("POST /api/v1/accounts", "operator"),
            Map.entry("GET /api/v1/accounts/{id}", "viewer"),
            Map.entry("GET /api/v1/accounts/{id}/entries", "viewer"),
            Map.entry("POST /api/v1/transfers", "operator"),
            Map.entry("GET /api/v1/transfers/{id}", "viewer"),
            Map.entry("GET /api/v1/migrations", "admin"),
            Map.entry("POST /api/v1/migrations/migrate", "admin"),
            Map.entry("POST /api/v1/migrations/validate", "admin"),
            Map.entry("POST /api/v1/migrations/repair", "admin"),
            Map.entry("POST /api/v1/migrations/baseline", "admin"),
            Map.entry("POST /api/v1/migrations/revert", "admin"),
            Map.entry("GET /api/v1/config", "admin"),
            Map.entry("GET /prometheus", "operator"));

    private final Credentialed started = Credentialed.start();
    private final RunningApplication application = started.application();

    @AfterAll
    void stop() {
        started.close();
    }

    @Test
    void every_route_is_for_whom_the_contract_says() {
        Set<String> routes = new TreeSet<>(served());
        routes.addAll(described());
        assertThat(TABLE.keySet()).containsAll(routes);
        assertThat(routes).contains("GET /health", "GET /prometheus", "GET /api/v1/pools", "POST /api/v1/transfers");

        for (String route : routes) {
            String needed = Objects.requireNonNull(TABLE.get(route));
            callers().forEach((caller, role) -> {
                Answer answer = caller.isEmpty() ? call(route) : call(route, "Authorization", caller);
                assertThat(verdict(answer))
                        .as("%s as %s (%s): %s", route, role, caller.split(" ", 2)[0], answer.text())
                        .isEqualTo(expected(needed, role));
            });
        }
    }

    @Test
    void head_is_for_whom_get_is() {
        for (String route : served()) {
            if (route.startsWith("GET ")) {
                String head = "HEAD " + route.substring(4);
                boolean open = EVERYBODY.equals(TABLE.get(route));
                assertThat(call(head).status() == 401).as(head).isNotEqualTo(open);
            }
        }
    }

    @Test
    void no_other_method_opens_anything() {
        for (String route : served()) {
            String path = route.split(" ", 2)[1];
            for (String method : List.of("OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND")) {
                if (!TABLE.containsKey(method + " " + path)) {
                    Answer answer = call(method + " " + path);
                    assertThat(answer.status()).as("%s %s", method, path).isEqualTo(401);
                    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
                }
            }
        }
    }

    @Test
    void what_is_not_there_is_told_to_those_with_a_role_only() {
        for (String path : List.of(
                "/nope",
                "/api/v1/nope",
                "/login",
                "/logout",
                "/oauth/access_token",
                "/token_info",
                "/env",
                "/beans",
                "/routes",
                "/loggers",
                "/swagger-ui",
                "/META-INF/swagger/openapi.yml",
                "/application.yml")) {
            for (String method : List.of("GET", "POST")) {
                assertThat(call(method + " " + path).status()).as(path).isEqualTo(401);
                assertThat(call(method + " " + path, "Authorization", Credentialed.basic("viewer", "viewer"))
                                .status())
                        .as(path)
                        .isIn(404, 415);
            }
        }
        assertThat(call("GET /docs/nope").status()).isEqualTo(404);
        assertThat(call("GET /docs/swagger-ui.css").status()).isEqualTo(200);
    }

    @Test
    void a_caller_without_a_known_role_is_like_everybody() {
        String other = Credentialed.bearer(Credentialed.claims("root", "ADMIN").build());

        assertThat(call("GET /api/v1/pools", "Authorization", other).status()).isEqualTo(403);
        assertThat(call("GET /nope", "Authorization", other).status()).isEqualTo(403);
        Answer health = call("GET /health", "Authorization", other);
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.text()).doesNotContain("primary");
    }

    @Test
    void details_of_health_are_for_viewers() {
        assertThat(call("GET /health").text()).contains("UP").doesNotContain("primary");
        assertThat(call("GET /health", "Authorization", Credentialed.basic("viewer", "viewer"))
                        .text())
                .contains("primary");
    }

    private static String expected(String needed, String role) {
        if (needed.equals(EVERYBODY) || ROLES.indexOf(role) >= ROLES.indexOf(needed)) {
            return "allowed";
        }
        return role.equals("nobody") ? "401 unauthenticated" : "403 forbidden";
    }

    private static String verdict(Answer answer) {
        return answer.status() == 401 || answer.status() == 403 ? answer.status() + " " + answer.code() : "allowed";
    }

    /** From what goes into the Authorization header to the role. */
    private static Map<String, String> callers() {
        var callers = new LinkedHashMap<String, String>();
        callers.put("", "nobody");
        for (String role : ROLES) {
            callers.put(Credentialed.basic(role, role), role);
            callers.put(Credentialed.bearer(Credentialed.claims("unknown", role).build()), role);
        }
        callers.put(Credentialed.bearer(Credentialed.claims().build()), "none");
        return callers;
    }

    private Answer call(String operation, String... headers) {
        String[] parts = operation.split(" ", 2);
        String path = parts[1].replaceAll("\\{selector}", "liveness").replaceAll("\\{\\w+}", "1");
        // Nothing that would change the schema below the other calls.
        String query = path.contains("/migrations/") ? "?dry_run=true" : "";
        return parts[0].equals("POST")
                ? application.post(path + query, "{}", headers)
                : application.method(parts[0], path + query, headers);
    }

    private Set<String> served() {
        return application
                .context()
                .getBean(Router.class)
                .uriRoutes()
                .filter(route -> !route.getHttpMethodName().equals("HEAD"))
                .map(route -> route.getHttpMethodName() + " "
                        + route.getUriMatchTemplate().toPathString().replaceAll(":\\[[^]]*]\\+", ""))
                .filter(route -> Stream.of(" /login", " /logout", " /oauth", " /token_info")
                        .noneMatch(route::contains))
                .collect(Collectors.toSet());
    }

    private Set<String> described() {
        Map<?, ?> document = new Yaml().load(application.get("/openapi.yml").text());
        var described = new TreeSet<String>();
        ((Map<?, ?>) Objects.requireNonNull(document.get("paths")))
                .forEach((path, operations) -> ((Map<?, ?>) operations)
                        .keySet()
                        .forEach(
                                method -> described.add(String.valueOf(method).toUpperCase(Locale.ROOT) + " " + path)));
        return described;
    }
}

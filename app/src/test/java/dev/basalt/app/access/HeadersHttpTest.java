package dev.basalt.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.RawRequests;
import dev.basalt.app.RunningApplication;
import dev.basalt.app.RunningApplication.Answer;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every answer tells a browser, and answers to requests that are no good. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeadersHttpTest {

    private static final List<String> EVERYWHERE = List.of(
            "content-security-policy: default-src 'none'",
            "x-content-type-options: nosniff",
            "x-frame-options: deny",
            "referrer-policy: no-referrer",
            "cross-origin-opener-policy: same-origin",
            "cross-origin-resource-policy: same-origin",
            "permissions-policy: ",
            "x-request-id: ");

    private static final String ADMIN = "Authorization: " + Credentialed.basic("admin", "admin");

    private final Credentialed started = Credentialed.start();
    private final RunningApplication application = started.application();
    private final RawRequests raw = new RawRequests(application.port());

    @AfterAll
    void stop() {
        started.close();
    }

    @Test
    void every_answer_tells_browsers_to_do_nothing_with_it() {
        for (String answer : List.of(
                get("/api/v1/pools", ADMIN),
                get("/api/v1/pools"),
                get("/api/v1/pools/nope", ADMIN),
                get("/nope", ADMIN),
                get("/health"),
                get("/openapi.yml"),
                get("/docs"),
                get("/docs/viewer.js"),
                get("/docs/nope"),
                get("/health", "Host: evil.example"),
                get("/%zz", ADMIN),
                get("/" + "x".repeat(9000), ADMIN),
                get("/health", "X-Large: " + "x".repeat(10_000)),
                raw.send("DELETE /api/v1/accounts HTTP/1.1", "Host: localhost", ADMIN),
                raw.send("OPTIONS /api/v1/accounts HTTP/1.1", "Host: localhost", ADMIN),
                raw.send("HEAD /api/v1/pools HTTP/1.1", "Host: localhost", ADMIN))) {
            String head = answer.split("\r\n\r\n", 2)[0];
            for (String header : EVERYWHERE) {
                assertThat(head.toLowerCase(Locale.ROOT)).as(head).contains("\r\n" + header);
            }
            assertThat(head.toLowerCase(Locale.ROOT)).doesNotContain("access-control-", "set-cookie", "server: ");
        }
    }

    @Test
    void answers_with_data_are_not_kept() {
        for (String path : List.of("/api/v1/pools", "/health", "/nope")) {
            assertThat(get(path, ADMIN).toLowerCase(Locale.ROOT)).contains("\r\ncache-control: no-store\r\n");
        }
    }

    @Test
    void scripts_run_on_the_viewer_s_page_only_and_from_this_server_only() {
        assertThat(application.get("/docs").header("Content-Security-Policy"))
                .contains("script-src 'self';")
                .doesNotContain("http", "*");
        assertThat(application.get("/openapi.yml").header("Content-Security-Policy"))
                .doesNotContain("script-src");
    }

    @Test
    void what_is_too_long_is_told_as_what_it_is() {
        assertThat(get("/" + "x".repeat(9000), ADMIN))
                .containsPattern("^HTTP/1.[01] 414 ")
                .contains("\"uri_too_long\"");
        assertThat(get("/health", "X-Large: " + "x".repeat(10_000)))
                .containsPattern("^HTTP/1.[01] 431 ")
                .contains("\"headers_too_large\"");
    }

    @Test
    void a_body_needs_the_type_of_json() {
        for (String type : List.of(
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/jsonp",
                "text/json",
                "*/*",
                "nonsense")) {
            assertThat(post("Content-Type: " + type + "\r\n")).as(type).startsWith("HTTP/1.1 415");
        }
        assertThat(post("")).startsWith("HTTP/1.1 415").contains("application/json is needed");
        assertThat(post("Content-Type: application/json\r\n")).startsWith("HTTP/1.1 400");
        assertThat(post("content-type: APPLICATION/JSON;charset=UTF-8\r\n")).startsWith("HTTP/1.1 400");
    }

    @Test
    void spellings_of_a_path_do_not_get_around_the_roles() {
        for (String path : List.of(
                "//api/v1/pools",
                "/api//v1/pools",
                "/api/v1/pools/",
                "/API/v1/pools",
                "/api/v1/%70ools",
                "/api/v1/pools;x=1",
                "/api/v1;x/pools",
                "/api/v1/./pools",
                "/api/v1/%2e/pools",
                "/docs/../api/v1/pools",
                "/docs/%2e%2e/api/v1/pools",
                "/docs/..%2fapi/v1/pools",
                "/docs/../application.yml",
                "/docs/%2e%2e/application.yml",
                "/docs/..%2fapplication.yml",
                "/docs/%252e%252e/application.yml",
                "/docs/..\\application.yml",
                "/docs//etc/passwd",
                "/health/../api/v1/pools",
                "/health/liveness/../../api/v1/pools",
                "/health;/api/v1/pools",
                "/api/v1/pools%00",
                "/api/v1/pools%2f",
                "/api/v1/pools?x=/health",
                "/api/v1/pools#/health")) {
            for (String method : List.of("GET", "POST", "HEAD", "OPTIONS", "get")) {
                String answer = raw.send(method + " " + path + " HTTP/1.1", "Host: localhost");
                assertThat(answer).as("%s %s", method, path).containsPattern("^HTTP/1.1 (400|401|404) ");
                assertThat(answer).doesNotContain("max_connections", "micronaut:", "root:");
            }
        }
    }

    @Test
    void no_answer_repeats_what_is_secret() {
        Answer answer = application.get("/nope", "Authorization", Credentialed.basic("admin", "planted"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text() + answer.response().headers()).doesNotContain("planted", "admin");
    }

    private String get(String path, String... headers) {
        String host = headers.length > 0 && headers[0].startsWith("Host:") ? headers[0] : "Host: localhost";
        return headers.length == 0
                ? raw.send("GET " + path + " HTTP/1.1", host)
                : raw.send("GET " + path + " HTTP/1.1", host, headers[0].startsWith("Host:") ? "X-Y: z" : headers[0]);
    }

    private String post(String type) {
        return raw.sendText("POST /api/v1/accounts HTTP/1.1\r\nHost: localhost\r\n" + ADMIN + "\r\n" + type
                + "Content-Length: 2\r\nConnection: close\r\n\r\n{}");
    }
}

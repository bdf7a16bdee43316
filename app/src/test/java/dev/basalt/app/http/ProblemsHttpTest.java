package dev.basalt.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.RunningApplication;
import dev.basalt.app.RunningApplication.Answer;
import dev.basalt.contract.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProblemsHttpTest {

    private final RunningApplication application =
            RunningApplication.on(TestDatabase.installed().getFirst().create());

    @AfterAll
    void stop() {
        application.close();
    }

    @Test
    void an_unknown_route_is_not_found() {
        assertProblem(application.get("/nope"), 404, "not_found", "/nope");
        assertProblem(application.get("/api/v1/nope"), 404, "not_found", "/api/v1/nope");
    }

    @Test
    void an_unknown_pool_is_not_found() {
        assertProblem(application.get("/api/v1/pools/nope"), 404, "not_found", "/api/v1/pools/nope");
        assertProblem(application.get("/api/v1/schemas?pool=nope"), 404, "not_found", "/api/v1/schemas");
    }

    @Test
    void a_method_that_is_not_offered_is_refused_with_those_that_are() {
        Answer answer = application.method("DELETE", "/api/v1/accounts");

        assertProblem(answer, 405, "method_not_allowed", "/api/v1/accounts");
        assertThat(answer.header("Allow")).contains("GET").contains("POST");
    }

    @Test
    void options_names_the_methods() {
        Answer answer = application.method("OPTIONS", "/api/v1/accounts");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Allow")).contains("GET").contains("POST");
    }

    @Test
    void head_answers_like_get_without_a_body() {
        Answer answer = application.method("HEAD", "/api/v1/pools");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEmpty();
        assertThat(application.method("HEAD", "/api/v1/pools/nope").status()).isEqualTo(404);
    }

    @Test
    void other_media_types_are_refused() {
        Answer posted = application.method("POST", "/api/v1/accounts", "Content-Type", "text/plain");
        Answer wanted = application.get("/api/v1/accounts", "Accept", "text/html");

        assertProblem(posted, 415, "unsupported_media_type", "/api/v1/accounts");
        assertProblem(wanted, 406, "not_acceptable", "/api/v1/accounts");
    }

    @Test
    void a_body_of_a_megabyte_is_too_large() {
        String body = "{\"owner\":\"" + "x".repeat(1_000_000) + "\"}";

        for (int i = 0; i < 20; i++) {
            assertProblem(application.post("/api/v1/accounts", body), 413, "payload_too_large", "/api/v1/accounts");
        }
    }

    @Test
    void a_body_just_below_the_limit_is_read() {
        String body = "{\"owner\":\"" + "x".repeat(256 * 1024 - 30) + "\"}";

        assertProblem(application.post("/api/v1/accounts", body), 400, "bad_request", "/api/v1/accounts");
    }

    @Test
    void a_path_that_cannot_be_decoded_is_refused() throws IOException {
        for (String path : List.of("/api/v1/pools/%zz", "/api/v1/accounts?page=%zz")) {
            String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(answer).startsWith("HTTP/1.1 400").contains("\"code\":\"bad_request\"");
        }
    }

    @Test
    void a_harmless_request_id_is_taken_over_and_another_replaced() {
        Answer taken = application.get("/nope", "X-Request-Id", "abc-123");
        Answer replaced = application.get("/nope", "X-Request-Id", "a b\tc");

        assertThat(taken.header("X-Request-Id")).isEqualTo("abc-123");
        assertThat(taken.json().path("request_id").asText()).isEqualTo("abc-123");
        assertThat(replaced.header("X-Request-Id")).isNotEmpty().doesNotContain(" ");
        assertThat(application.get("/api/v1/pools", "X-Request-Id", "abc").header("X-Request-Id"))
                .isEqualTo("abc");
        assertThat(application.get("/health").header("X-Request-Id")).isNotEmpty();
    }

    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), application.port())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void assertProblem(Answer answer, int status, String code, String path) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.json().path("type").asText()).isEqualTo("urn:basalt:problem:" + code);
        assertThat(answer.json().path("title").asText()).isNotBlank();
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.json().path("detail").asText()).isNotBlank();
        assertThat(answer.json().path("instance").asText()).isEqualTo(path);
        assertThat(answer.json().path("code").asText()).isEqualTo(code);
        assertThat(answer.json().path("request_id").asText()).isEqualTo(answer.header("X-Request-Id"));
    }
}

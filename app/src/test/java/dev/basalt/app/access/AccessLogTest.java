package dev.basalt.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.LogLines;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the log has of calls that came to nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessLogTest {

    private final Credentialed started = Credentialed.start();

    @RegisterExtension
    private final LogLines log = LogLines.ofAll();

    @AfterAll
    void stop() {
        started.close();
    }

    @Test
    void denied_calls_and_failed_logins_are_logged_once_without_secrets() {
        var application = started.application();
        String token = Credentialed.bearer(
                Credentialed.claims("admin").audience("other").build());
        application.get("/api/v1/pools", "X-Request-Id", "denied-1");
        application.get(
                "/api/v1/pools", "X-Request-Id", "denied-2", "Authorization", Credentialed.basic("planted", "x"));
        application.get(
                "/api/v1/migrations",
                "X-Request-Id",
                "denied-3",
                "Authorization",
                Credentialed.basic("viewer", "viewer"));
        application.get("/api/v1/pools", "X-Request-Id", "denied-4", "Authorization", token);
        application.get("/api/v1/pools", "X-Request-Id", "denied-5", "Origin", "https://evil.example");

        List<String> lines = lines("request denied-");
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).startsWith("WARN").contains("'GET /api/v1/pools'", "127.0.0.1", "no credentials");
        assertThat(lines.get(1)).contains("wrong name or password");
        assertThat(lines.get(2)).contains("'GET /api/v1/migrations'", "'viewer' lacks the role");
        assertThat(lines.get(3)).contains("aud");
        assertThat(lines.get(4)).contains("another origin");
        assertThat(lines("")).noneMatch(line -> line.contains("planted") || line.contains(token.substring(7)));
    }

    @Test
    void guessing_does_not_fill_the_log() {
        for (int i = 0; i < 200; i++) {
            started.application().get("/api/v1/pools", "X-Request-Id", "guess-" + i);
        }

        // As many as a few periods may have, on a machine that is slow.
        assertThat(lines("request guess-")).hasSizeLessThan(100);
    }

    @Test
    void a_client_that_hangs_up_in_the_body_is_no_error() throws IOException {
        for (int i = 0; i < 5; i++) {
            try (var socket = new Socket(
                    InetAddress.getLoopbackAddress(), started.application().port())) {
                socket.setSoLinger(i % 2 == 0, 0);
                socket.getOutputStream()
                        .write(
                                ("POST /api/v1/accounts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                                + "Authorization: " + Credentialed.basic("admin", "admin")
                                                + "\r\nContent-Length: 1000\r\n\r\n{\"owner\":")
                                        .getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
            }
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(lines("POST /api/v1/accounts was broken off by its caller"))
                        .hasSize(5));

        assertThat(lines("ERROR")).isEmpty();
    }

    private List<String> lines(String part) {
        return log.all().stream().filter(line -> line.contains(part)).toList();
    }
}

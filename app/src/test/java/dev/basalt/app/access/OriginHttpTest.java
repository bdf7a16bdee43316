package dev.basalt.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.RawRequests;
import dev.basalt.app.RunningApplication;
import dev.basalt.contract.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A browser on the same machine, where whoever calls is the administrator. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OriginHttpTest {

    private static final String READ = "GET /api/v1/pools HTTP/1.1";
    private static final String WRITE = "POST /api/v1/accounts HTTP/1.1";

    private final RunningApplication application =
            RunningApplication.on(TestDatabase.installed().getFirst().create());
    private final RawRequests raw = new RawRequests(application.port());

    @AfterAll
    void stop() {
        application.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost.", "127.0.0.1", "127.0.0.1:8080", "[::1]", "[::1]:80"})
    void this_machine_s_names_are_served(String host) {
        assertThat(raw.status(READ, "Host: " + host)).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "evil.example:80",
                "0.0.0.0",
                "2130706433",
                "127.1",
                "[::ffff:127.0.0.1]"
            })
    void other_names_are_refused_everywhere(String host) {
        for (String line : List.of(READ, WRITE, "GET /health HTTP/1.1", "GET /docs HTTP/1.1", "GET /nope HTTP/1.1")) {
            String answer = raw.send(line, "Host: " + host);
            assertThat(answer).as(line).startsWith("HTTP/1.1 403").contains("\"code\":\"forbidden\"");
        }
    }

    @Test
    void a_host_that_is_missing_doubled_or_malformed_is_a_bad_request() {
        assertThat(raw.status(READ)).isEqualTo(400);
        assertThat(raw.status("GET /api/v1/pools HTTP/1.0")).isEqualTo(400);
        assertThat(raw.status(READ, "Host: localhost", "Host: localhost")).isEqualTo(400);
        for (String host :
                List.of("", "a b", "localhost:x", "localhost:99999", "user@localhost", "localhost/evil", "::1")) {
            assertThat(raw.status(READ, "Host: " + host)).as(host).isEqualTo(400);
        }
    }

    @Test
    void a_request_line_with_another_host_is_refused() {
        String line = "GET http://%s/api/v1/pools HTTP/1.1";

        assertThat(raw.status(line.formatted("evil.example"), "Host: localhost"))
                .isIn(400, 403);
        assertThat(raw.status(line.formatted("localhost"), "Host: evil.example"))
                .isIn(400, 403);
        assertThat(raw.status(line.formatted("evil.example"), "Host: evil.example"))
                .isEqualTo(403);
        assertThat(raw.status(line.formatted("localhost"), "Host: localhost")).isEqualTo(200);
    }

    @Test
    void the_same_origin_is_served() {
        for (String host : List.of("localhost:8080", "127.0.0.1", "[::1]:8080")) {
            assertThat(raw.status(READ, "Host: " + host, "Origin: http://" + host))
                    .as(host)
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "",
                "http://evil.example",
                "http://localhost",
                "http://localhost:8081",
                "https://localhost:8080",
                "http://127.0.0.1:8080",
                "http://localhost:8080.evil.example",
                "http://localhost:8080/",
                "http://user@localhost:8080",
                "file://",
                "http://localhost:8080 http://evil.example"
            })
    void another_origin_is_refused(String origin) {
        for (String line : List.of(READ, WRITE, "OPTIONS /api/v1/accounts HTTP/1.1", "GET /health HTTP/1.1")) {
            String answer = raw.send(line, "Host: localhost:8080", "Origin: " + origin);
            assertThat(answer).as(line).startsWith("HTTP/1.1 403").contains("\"code\":\"forbidden\"");
            assertThat(answer).doesNotContainIgnoringCase("access-control-allow");
        }
        assertThat(raw.status(READ, "Host: localhost:8080", "Origin: http://localhost:8080", "Origin: " + origin))
                .isEqualTo(403);
    }

    @Test
    void behind_a_proxy_that_takes_the_encryption_off_the_origin_is_the_encrypted_one() {
        String proxy = "X-Forwarded-Proto: https";

        assertThat(raw.status(READ, "Host: localhost", proxy, "Origin: https://localhost"))
                .isEqualTo(200);
        assertThat(raw.status(READ, "Host: localhost", proxy, "Origin: https://localhost:443"))
                .isEqualTo(200);
        assertThat(raw.status(READ, "Host: localhost", proxy, "Origin: http://localhost"))
                .isEqualTo(403);
    }

    @Test
    void what_another_site_s_page_starts_is_refused_but_for_links() {
        for (String site : List.of("Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site")) {
            assertThat(raw.status(READ, "Host: localhost", site, "Sec-Fetch-Mode: no-cors"))
                    .isEqualTo(403);
            assertThat(raw.status(READ, "Host: localhost", site)).isEqualTo(403);
            assertThat(raw.status(WRITE, "Host: localhost", site, "Sec-Fetch-Mode: navigate"))
                    .isEqualTo(403);
            assertThat(raw.status("GET /docs HTTP/1.1", "Host: localhost", site, "Sec-Fetch-Mode: navigate"))
                    .isEqualTo(200);
        }
        for (String site : List.of("Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none")) {
            assertThat(raw.status(READ, "Host: localhost", site, "Sec-Fetch-Mode: cors"))
                    .isEqualTo(200);
        }
    }

    @Test
    void allowed_hosts_replace_this_machine_s_names() {
        try (var own = RunningApplication.on(
                TestDatabase.installed().getFirst().create(), "access.allowed-hosts", "basalt.example,[fd00::1]")) {
            var other = new RawRequests(own.port());

            assertThat(other.status(READ, "Host: basalt.example")).isEqualTo(200);
            assertThat(other.status(READ, "Host: BASALT.example:443")).isEqualTo(200);
            assertThat(other.status(READ, "Host: [FD00::1]")).isEqualTo(200);
            assertThat(other.status(READ, "Host: localhost")).isEqualTo(403);
        }
    }
}

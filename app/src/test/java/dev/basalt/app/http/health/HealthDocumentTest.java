package dev.basalt.app.http.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.basalt.app.RunningApplication;
import dev.basalt.app.RunningApplication.Answer;
import dev.basalt.app.backends.Backends;
import dev.basalt.app.backends.FakeBackend;
import dev.basalt.app.health.Health;
import dev.basalt.contract.TestDatabase;
import dev.basalt.domain.failure.DatabaseFailure.ReadOnly;
import dev.basalt.domain.health.ProbeDepth;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
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
class HealthDocumentTest {

    private static final String PATH = "/api/v1/health";

    @Parameter
    private TestDatabase database;

    private RunningApplication application;
    private FakeBackend other;

    @BeforeParameterizedClassInvocation
    void start() {
        application = RunningApplication.on(database.create(), "database.pools.other.url", "fake:other");
        other = (FakeBackend) application.context().getBean(Backends.class).get("other");
    }

    @BeforeEach
    void allIsWell() {
        other.probing(_ -> Optional.empty());
        other.comes();
        Awaitility.await()
                .until(() -> application
                        .get(PATH + "?depth=query")
                        .json()
                        .path("status")
                        .asText()
                        .equals("HEALTHY"));
    }

    @AfterAll
    void stop() {
        application.close();
    }

    @Test
    void the_document_says_how_each_database_is_and_where() {
        for (String depth : new String[] {"", "?depth=ping", "?depth=query"}) {
            Answer answer = application.get(PATH + depth);
            JsonNode health = answer.json();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).startsWith("application/json");
            assertThat(health.path("status").asText()).isEqualTo("HEALTHY");
            assertThat(health.fieldNames())
                    .toIterable()
                    .containsExactly("status", "message", "dependencies", "checked_at", "check_duration_ms");
            JsonNode primary = health.path("dependencies").path(0);
            assertThat(primary.path("name").asText()).isEqualTo("primary");
            assertThat(primary.path("type").asText())
                    .isEqualTo(database.provider().product());
            assertThat(primary.path("is_critical").asBoolean()).isTrue();
            assertThat(primary.fieldNames())
                    .toIterable()
                    .contains("message", "error_count", "last_check", "response_time_ms", "since", "history");
            assertThat(primary.path("circuit").asText()).isEqualTo("closed");
            JsonNode config = primary.path("config");
            boolean server = database.provider().product().equals("postgresql");
            assertThat(config.has("hostname")).isEqualTo(server);
            assertThat(config.has("port")).isEqualTo(server);
            assertThat(config.path("protocol").asText()).isNotEmpty();
            assertThat(config.path("pool_info").fieldNames())
                    .toIterable()
                    .containsExactly("max_connections", "active_connections", "idle_connections", "wait_count");
        }
    }

    @Test
    void a_critical_database_that_is_down_makes_the_service_unhealthy_and_the_document_is_the_answer() {
        other.goes();
        Answer answer = application.get(PATH);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.json().path("status").asText()).isEqualTo("UNHEALTHY");
        JsonNode down = answer.json().path("dependencies").path(1);
        assertThat(down.path("code").asText()).isEqualTo("unavailable");
        assertThat(down.path("circuit").asText()).isEqualTo("open");
        assertThat(down.path("error").asText()).isEqualTo("host.example refuses");
        assertThat(down.path("history").path(0).path("to").asText()).isEqualTo("UNHEALTHY");
        assertThat(down.has("connected_since")).isFalse();
    }

    @Test
    void a_deep_probe_that_fails_beside_a_good_heartbeat_makes_a_database_degraded() {
        other.probing(depth -> depth == ProbeDepth.DEEP
                ? Optional.of(new ReadOnly("disk of host.example full", null))
                : Optional.empty());
        Answer deep = Awaitility.await()
                .until(
                        () -> application.get(PATH + "?depth=deep"),
                        answer -> answer.text().contains("read_only"));

        assertThat(deep.status()).isEqualTo(200);
        assertThat(deep.json().path("status").asText()).isEqualTo("DEGRADED");
        assertThat(deep.json().path("dependencies").path(0).path("status").asText())
                .isEqualTo("HEALTHY");
        assertThat(deep.json().path("dependencies").path(1).path("code").asText())
                .isEqualTo("read_only");
        assertThat(application.get(PATH).json().path("status").asText()).isEqualTo("HEALTHY");
    }

    @Test
    void everybody_is_told_codes_and_safe_words_only() throws IOException {
        other.goes();
        var report = application.context().getBean(Health.class).known();
        String text = new String(
                application.context().getBean(JsonMapper.class).writeValueAsBytes(HealthJson.of(report, false)),
                StandardCharsets.UTF_8);

        assertThat(text).contains("\"UNHEALTHY\"", "\"unavailable\"");
        assertThat(text)
                .doesNotContain(
                        "config", "host", "refuses", "history", "pool_info", "\"error\"", "127.0.0.1", "localhost");
    }

    @Test
    void an_unknown_depth_is_a_bad_request_that_tells_the_known_ones() {
        Answer answer = application.get(PATH + "?depth=deeper");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("bad_request");
        assertThat(answer.text()).contains("ping, query, deep");
    }
}

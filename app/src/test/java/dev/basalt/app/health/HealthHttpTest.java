package dev.basalt.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.basalt.app.RunningApplication;
import dev.basalt.app.RunningApplication.Answer;
import dev.basalt.app.access.Credentialed;
import dev.basalt.app.backends.Backends;
import dev.basalt.app.backends.FakeBackend;
import dev.basalt.contract.TestDatabase;
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
class HealthHttpTest {

    @Parameter
    private TestDatabase database;

    private Credentialed credentialed;
    private RunningApplication application;
    private FakeBackend other;

    @BeforeParameterizedClassInvocation
    void start() {
        credentialed = Credentialed.on(database.create(), "database.pools.other.url", "fake:other");
        application = credentialed.application();
        other = (FakeBackend) application.context().getBean(Backends.class).get("other");
    }

    @BeforeEach
    void allIsWell() {
        other.comes();
    }

    @AfterAll
    void stop() {
        credentialed.close();
    }

    @Test
    void a_database_that_answers_is_up() {
        for (String path : new String[] {"/health", "/health/readiness"}) {
            Answer health = application.get(path, Credentialed.as("viewer"));

            assertThat(health.status()).as(health.text()).isEqualTo(200);
            assertThat(health.json().path("status").asText()).isEqualTo("UP");
            JsonNode indicator = health.json().path("details").path("database");
            assertThat(indicator.path("status").asText()).isEqualTo("UP");
            assertThat(indicator.path("details").path("primary").path("status").asText())
                    .isEqualTo("UP");
            assertThat(health.json().path("details").has("jdbc")).isFalse();
        }
        assertThat(application.get("/beans", Credentialed.as("admin")).status()).isEqualTo(404);
        assertThat(application.get("/env", Credentialed.as("admin")).status()).isEqualTo(404);
    }

    @Test
    void a_critical_database_that_is_down_is_told_without_its_place_and_liveness_stays_up() {
        other.goes();
        for (String path : new String[] {"/health", "/health/readiness"}) {
            Answer health = application.get(path, Credentialed.as("viewer"));

            assertThat(health.status()).as(health.text()).isEqualTo(503);
            assertThat(Integer.parseInt(health.header("Retry-After"))).isPositive();
            JsonNode pools = health.json().path("details").path("database").path("details");
            assertThat(pools.path("primary").path("status").asText()).isEqualTo("UP");
            assertThat(pools.path("other").path("status").asText()).isEqualTo("DOWN");
            assertThat(pools.path("other").path("details").path("code").asText())
                    .isEqualTo("unavailable");
            assertThat(health.text()).doesNotContain("host.example");
        }
        assertThat(application.get("/health/liveness").status()).isEqualTo(200);
        assertThat(application.get("/health/liveness").json().path("status").asText())
                .isEqualTo("UP");
    }

    @Test
    void management_tells_strangers_no_more_than_up_or_down() {
        for (String path : new String[] {"/health", "/health/readiness", "/health/liveness"}) {
            JsonNode health = application.get(path).json();

            assertThat(health.path("status").asText()).isEqualTo("UP");
            assertThat(health.path("details").isNull()).as(health.toString()).isTrue();
        }
    }

    @Test
    void details_are_for_viewers_and_deep_probes_for_operators() {
        other.goes();
        String health = "/api/v1/health";

        assertThat(application.get(health).text()).doesNotContain("hostname", "database_name", "host.example");
        assertThat(application.get(health, Credentialed.as("viewer")).text()).contains("hostname", "host.example");
        assertThat(application.get(health + "?depth=deep").status()).isEqualTo(401);
        assertThat(application
                        .get(health + "?depth=deep", Credentialed.as("viewer"))
                        .status())
                .isEqualTo(403);
        assertThat(application
                        .get(health + "?depth=deep", Credentialed.as("operator"))
                        .status())
                .isEqualTo(503);
    }
}

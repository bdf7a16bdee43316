package dev.basalt.app.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.basalt.app.RunningApplication;
import dev.basalt.app.RunningApplication.Answer;
import dev.basalt.contract.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HealthHttpTest {

    @ParameterizedTest
    @MethodSource("dev.basalt.contract.TestDatabase#installed")
    void a_database_that_answers_is_up(TestDatabase database) {
        try (var application = RunningApplication.on(database.create())) {
            for (String path : new String[] {"/health", "/health/readiness"}) {
                Answer health = application.get(path);

                assertThat(health.status()).as(health.text()).isEqualTo(200);
                assertThat(health.json().path("status").asText()).isEqualTo("UP");
                JsonNode indicator = health.json().path("details").path("database");
                assertThat(indicator.path("status").asText()).isEqualTo("UP");
                assertThat(indicator
                                .path("details")
                                .path("primary")
                                .path("status")
                                .asText())
                        .isEqualTo("UP");
            }
            assertThat(application.get("/health").json().path("details").has("jdbc"))
                    .isFalse();
            assertThat(application.get("/beans").status()).isEqualTo(404);
            assertThat(application.get("/env").status()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.basalt.contract.TestDatabase#installed")
    void a_database_that_is_down_is_told_without_its_place_and_liveness_stays_up(TestDatabase database) {
        try (var application = RunningApplication.on(database.create(), "database.pools.other.url", "fake:down")) {
            for (String path : new String[] {"/health", "/health/readiness"}) {
                Answer health = application.get(path);

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
    }
}

package dev.basalt.app.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.RunningApplication;
import dev.basalt.app.RunningApplication.Answer;
import dev.basalt.contract.TestDatabase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OutageTest {

    /** An embedded database is there or a fault of the configuration. */
    static List<TestDatabase> servers() {
        return TestDatabase.installed().stream()
                .filter(database -> !database.provider().product().equals("sqlite"))
                .toList();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("servers")
    void without_its_database_the_service_starts_and_says_so_and_migrates_when_it_comes(TestDatabase database)
            throws IOException {
        try (var place = new AbsentDatabase(database.create());
                var application = RunningApplication.starting(place.url())) {
            assertThat(application.get("/health/liveness").status()).isEqualTo(200);
            assertThat(application.get("/openapi.yml").status()).isEqualTo(200);
            assertUnavailable(application.get("/health/readiness"));
            Answer account = application.get("/api/v1/accounts/1");
            assertUnavailable(account);
            assertThat(account.code()).isEqualTo("unavailable");
            Answer health = application.get("/api/v1/health");
            assertUnavailable(health);
            assertThat(health.json().path("status").asText()).isEqualTo("UNHEALTHY");

            place.appear();

            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> application.get("/health/readiness").status() == 200);
            assertThat(application.get("/api/v1/accounts/1").code()).isEqualTo("not_found");
            assertThat(application.get("/api/v1/migrations").json().findValuesAsText("state"))
                    .isNotEmpty()
                    .containsOnly("applied");
        }
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
    }
}

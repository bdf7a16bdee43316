package dev.basalt.app.http.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.basalt.app.RunningApplication.Answer;
import dev.basalt.app.access.Credentialed;
import dev.basalt.contract.TestDatabase;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationHttpTest {

    static List<TestDatabase> databases() {
        return TestDatabase.installed();
    }

    @ParameterizedTest
    @MethodSource("databases")
    void the_configuration_tells_values_and_sources_and_no_secret(TestDatabase database) {
        try (var credentialed = Credentialed.on(database.create(), "database.max-connections", "3")) {
            Answer answer = credentialed.application().get("/api/v1/config", Credentialed.as("admin"));

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.text()).doesNotContain(Credentialed.SECRET);
            assertThat(setting(answer, "database.max-connections"))
                    .hasToString(
                            "{\"name\":\"database.max-connections\",\"variable\":\"DB_MAX_CONNECTIONS\",\"value\":\"3\","
                                    + "\"source\":\"test\",\"used\":true,\"overridden\":[]}");
            assertThat(setting(answer, "http.page-size").path("source").asText())
                    .isEqualTo("default");
            assertThat(setting(answer, "access.jwt-secret").path("value").asText())
                    .isEqualTo("***");
        }
    }

    private static JsonNode setting(Answer answer, String name) {
        return StreamSupport.stream(answer.json().path("settings").spliterator(), false)
                .filter(setting -> setting.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

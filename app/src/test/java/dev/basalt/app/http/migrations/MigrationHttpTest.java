package dev.basalt.app.http.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.basalt.app.RunningApplication;
import dev.basalt.contract.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MigrationHttpTest {

    @ParameterizedTest
    @MethodSource("dev.basalt.contract.TestDatabase#installed")
    void migrations_have_run_before_the_first_request(TestDatabase database) {
        try (var application = RunningApplication.on(database.create())) {
            JsonNode migrations = application.get("/api/v1/migrations").json();

            assertThat(migrations).isNotEmpty();
            assertThat(migrations.findValuesAsText("state")).containsOnly("applied");
            assertThat(migrations.path(0).fieldNames())
                    .toIterable()
                    .containsExactly(
                            "version",
                            "description",
                            "type",
                            "state",
                            "script",
                            "checksum",
                            "installed_on",
                            "installed_by",
                            "execution_ms",
                            "undoable");
        }
    }
}

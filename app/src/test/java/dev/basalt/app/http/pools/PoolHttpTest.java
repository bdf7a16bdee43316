package dev.basalt.app.http.pools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.basalt.app.RunningApplication;
import dev.basalt.contract.TestDatabase;
import org.junit.jupiter.api.AfterAll;
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
class PoolHttpTest {

    @Parameter
    private TestDatabase database;

    private RunningApplication application;

    @BeforeParameterizedClassInvocation
    void start() {
        application = RunningApplication.on(
                database.create(),
                "database.pools.second.url",
                database.create().value(),
                "database.pools.second.max-connections",
                "3");
    }

    @AfterAll
    void stop() {
        application.close();
    }

    @Test
    void pools_tell_what_they_do() {
        assertThat(application.get("/api/v1/accounts").status())
                .as("a connection was used")
                .isEqualTo(200);
        JsonNode pools = application.get("/api/v1/pools").json();
        JsonNode primary = application.get("/api/v1/pools/primary").json();

        assertThat(pools.findValuesAsText("name")).containsExactly("primary", "second");
        assertThat(primary.fieldNames())
                .toIterable()
                .contains(
                        "name",
                        "backend",
                        "max_connections",
                        "total_connections",
                        "active_connections",
                        "idle_connections",
                        "waiting",
                        "wait_count",
                        "wait_duration_ms",
                        "timeout_count",
                        "created_count",
                        "closed_count",
                        "utilization");
        assertThat(primary.path("backend").asText())
                .isEqualTo(database.provider().product());
        assertThat(primary.path("active_connections").asInt()).isZero();
        assertThat(primary.path("created_count").asInt()).isPositive();
        assertThat(primary.path("closed").fieldNames())
                .toIterable()
                .containsExactly("fault", "idle", "lifetime", "replaced", "shutdown");
        assertThat(primary.path("circuit").asText()).isEqualTo("closed");
        assertThat(primary.path("roles")).isNotEmpty();
        assertThat(primary.path("max_connections").asInt()).isEqualTo(10);
        assertThat(application
                        .get("/api/v1/pools/second")
                        .json()
                        .path("max_connections")
                        .asInt())
                .isEqualTo(3);
    }
}

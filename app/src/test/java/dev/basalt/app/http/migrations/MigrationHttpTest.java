package dev.basalt.app.http.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.basalt.app.RunningApplication;
import dev.basalt.app.RunningApplication.Answer;
import dev.basalt.app.backends.Backends;
import dev.basalt.app.backends.FakeBackend;
import dev.basalt.app.backends.FakeMigrator;
import dev.basalt.contract.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.basalt.contract.TestDatabase#installed")
@SuppressWarnings("NullAway.Init") // JUnit sets the parameter before anything else
class MigrationHttpTest {

    private static final String BASE = "/api/v1/migrations";

    @Parameter
    private TestDatabase database;

    private RunningApplication application;
    private FakeMigrator scripts;

    @BeforeEach
    void start() {
        application = RunningApplication.on(database.create(), "database.pools.other.url", "fake:other");
        scripts = ((FakeBackend) application.context().getBean(Backends.class).get("other")).migrator();
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void migrations_have_run_before_the_service_is_ready() {
        JsonNode migrations = application.get(BASE).json();

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
        Answer again = post("/migrate");
        assertThat(again.status()).as(again.text()).isEqualTo(200);
        assertThat(again.json().path("pool").asText()).isEqualTo("primary");
        assertThat(again.json().path("migrations")).isEmpty();
        assertThat(post("/validate").json().path("valid").asBoolean()).isTrue();
    }

    @Test
    void a_dry_run_tells_what_would_be_done_and_does_nothing() {
        Answer would = post("/migrate?pool=other&dry_run=true");

        assertThat(would.json().path("dry_run").asBoolean()).isTrue();
        assertThat(would.json().findValuesAsText("script")).containsExactly("V1__step.sql", "V2__step.sql");
        assertThat(scripts.attempts()).isZero();

        assertThat(post("/migrate?pool=other").json().path("dry_run").asBoolean(true))
                .isFalse();
        assertThat(post("/revert?pool=other&dry_run=true").json().findValuesAsText("script"))
                .containsExactly("V2__step.sql");
        assertThat(scripts.pending()).isEmpty();
    }

    @Test
    void every_operation_says_what_was_done() {
        Answer validation = post("/validate?pool=other");
        assertThat(validation.json().path("valid").asBoolean(true)).isFalse();
        assertThat(validation.json().path("findings").path(0).asText()).isEqualTo("V1__step.sql: pending");

        Answer baseline = application.post(BASE + "/baseline?pool=other", "{\"version\":\"1.2\"}");
        assertThat(baseline.json().path("migrations").path(0).path("version").asText())
                .as(baseline.text())
                .isEqualTo("1.2");

        assertThat(post("/migrate?pool=other").json().path("migrations")).hasSize(2);
        assertThat(post("/revert?pool=other").json().findValuesAsText("script")).containsExactly("V2__step.sql");
        assertThat(scripts.pending()).hasSize(1);

        assertThat(post("/repair?pool=other").json().path("repairs").path(0).asText())
                .contains("V1__step.sql");
    }

    @Test
    void what_cannot_be_done_is_a_problem_that_says_why() {
        assertProblem(post("/revert?pool=other"), 409, "revert_refused", "nothing is applied");
        assertProblem(post("/migrate?pool=nowhere"), 404, "not_found", "'nowhere'");
        assertProblem(post("/migrate?dry_run=maybe"), 400, "bad_request", "dry_run");
        assertProblem(application.post(BASE + "/baseline", "{\"version\":\"x\"}"), 400, "bad_request", "version");

        scripts.fails(FakeMigrator.broken());
        assertProblem(post("/migrate?pool=other"), 409, "migration_failed", "V1__broken.sql");
    }

    private Answer post(String operation) {
        return application.method("POST", BASE + operation);
    }

    private static void assertProblem(Answer answer, int status, String code, String detail) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().path("detail").asText()).contains(detail);
    }
}

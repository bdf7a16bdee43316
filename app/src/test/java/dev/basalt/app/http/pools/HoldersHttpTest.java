package dev.basalt.app.http.pools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.basalt.app.RunningApplication;
import dev.basalt.app.RunningApplication.Answer;
import dev.basalt.contract.Caller;
import dev.basalt.contract.TestDatabase;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
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
class HoldersHttpTest {

    private static final String HOLDERS = "/api/v1/pools/primary/holders";

    /** To count its rows takes any database longer than the query time-out below. */
    private static final String ENDLESS = """
            CREATE VIEW endless AS
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
            SELECT a.i FROM n a, n b, n c, n d
            """;

    @Parameter
    private TestDatabase database;

    private RunningApplication application;

    @BeforeParameterizedClassInvocation
    void start() {
        application = RunningApplication.on(database.create(), "database.query-timeout", "5s");
    }

    @AfterAll
    void stop() {
        application.close();
    }

    @Test
    void a_request_that_is_in_the_database_is_seen_with_its_id_and_its_statement() {
        application.write(database, ENDLESS);
        String schema = application
                .get("/api/v1/schemas")
                .json()
                .findValuesAsText("name")
                .getFirst();
        var before = Instant.now();

        Caller<Answer> request = Caller.start(() -> application.get(
                "/api/v1/schemas/" + schema + "/tables/endless?exact_count=true", "X-Request-Id", "seen-1"));
        Awaitility.await()
                .until(() -> held("seen-1")
                        .filter(holder -> holder.path("statement").asText().contains("count(*)"))
                        .isPresent());
        JsonNode holder = held("seen-1").orElseThrow();

        assertThat(holder.fieldNames())
                .toIterable()
                .containsExactly("role", "thread", "request_id", "since", "statement");
        assertThat(holder.path("role").asText()).isIn("shared", "reader");
        assertThat(holder.path("thread").asText()).isNotBlank();
        assertThat(holder.path("since").asText()).endsWith("Z");
        assertThat(Instant.parse(holder.path("since").asText())).isBetween(before, Instant.now());
        assertThat(application.get("/api/v1/pools/nowhere/holders").code()).isEqualTo("not_found");

        assertThat(request.answer().code()).isEqualTo("query_timeout");
        Awaitility.await().until(() -> held("seen-1").isEmpty());
    }

    @Test
    void what_works_for_no_request_is_seen_without_one() {
        List<JsonNode> seen = application
                .context()
                .getBean(Backend.class)
                .transactions()
                .inTransaction(TransactionOptions.READ, _ -> holders());

        assertThat(seen).anySatisfy(holder -> {
            assertThat(holder.path("request_id").isNull()).isTrue();
            assertThat(holder.path("statement").isNull()).isTrue();
        });
    }

    private Optional<JsonNode> held(String requestId) {
        return holders().stream()
                .filter(holder -> holder.path("request_id").asText().equals(requestId))
                .findFirst();
    }

    private List<JsonNode> holders() {
        Answer answer = application.get(HOLDERS);
        assertThat(answer.status()).isEqualTo(200);
        return StreamSupport.stream(answer.json().spliterator(), false).toList();
    }
}

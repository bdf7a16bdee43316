package dev.basalt.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.migration.MigrationFailed;
import dev.basalt.domain.migration.RevertRefused;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {

    private final FailureHandler handler = new FailureHandler();

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new DatabaseFailure.ConnectionFailed("secret host", null), 503, "unavailable"),
                Arguments.of(new DatabaseFailure.AuthenticationFailed("secret user", null), 503, "unavailable"),
                Arguments.of(
                        new DatabaseFailure.PoolExhausted("primary", 1, Duration.ofSeconds(1), null),
                        503,
                        "pool_exhausted"),
                Arguments.of(new DatabaseFailure.TimedOut("slow", null), 504, "query_timeout"),
                Arguments.of(new DatabaseFailure.QueryFailed("by zero", "22012", null), 422, "query_failed"),
                Arguments.of(new DatabaseFailure.InvalidQuery("syntax", "42601", 8, null), 400, "invalid_query"),
                Arguments.of(new DatabaseFailure.PermissionDenied("no", null), 403, "permission_denied"),
                Arguments.of(new DatabaseFailure.ObjectNotFound("no table", null), 404, "object_not_found"),
                Arguments.of(new DatabaseFailure.ConstraintViolated("twice", "pk", null), 409, "constraint_violated"),
                Arguments.of(new DatabaseFailure.SerializationConflict("busy", null), 409, "serialization_conflict"),
                Arguments.of(new DatabaseFailure.ReadOnly("full", null), 503, "read_only"),
                Arguments.of(new DatabaseFailure.CircuitOpen("open", Duration.ofMillis(2500)), 503, "circuit_open"),
                Arguments.of(
                        new DatabaseFailure.ConfirmationRequired("drops", List.of("drop_table")),
                        409,
                        "confirmation_required"),
                Arguments.of(new DatabaseFailure.OutcomeUnknown("lost", null), 503, "outcome_unknown"),
                Arguments.of(new DatabaseFailure.ConfigurationInvalid("secret setting", null), 500, "internal"),
                Arguments.of(new MigrationFailed("V1", new IllegalStateException()), 409, "migration_failed"),
                Arguments.of(new RevertRefused("V1"), 409, "revert_refused"),
                Arguments.of(new IllegalStateException("secret defect"), 500, "internal"),
                Arguments.of(new StackOverflowError(), 500, "internal"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void every_failure_has_its_status_and_code(Throwable failure, int status, String code) {
        HttpResponse<ProblemJson> response = handler.handle(HttpRequest.GET("/x"), failure);
        ProblemJson problem = Objects.requireNonNull(response.body());

        assertThat(response.code()).isEqualTo(status);
        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.detail()).isNotBlank().doesNotContain("secret");
        assertThat(response.getHeaders().contains("Retry-After")).isEqualTo(status == 503);
    }

    @Test
    void an_open_circuit_says_when_it_closes_in_whole_seconds() {
        var failure = new DatabaseFailure.CircuitOpen("open", Duration.ofMillis(2500));

        assertThat(handler.handle(HttpRequest.GET("/x"), failure).header("Retry-After"))
                .isEqualTo("3");
    }

    @Test
    void a_refused_statement_comes_with_state_and_position() {
        var failure = new DatabaseFailure.InvalidQuery("syntax", "42601", 8, null);
        ProblemJson problem = Objects.requireNonNull(
                handler.handle(HttpRequest.GET("/x"), failure).body());

        assertThat(problem.sqlState()).isEqualTo("42601");
        assertThat(problem.position()).isEqualTo(8);
    }
}

package dev.basalt.app.http;

import dev.basalt.app.backends.UnknownPool;
import dev.basalt.app.lifecycle.NotReady;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.AuthenticationFailed;
import dev.basalt.domain.failure.DatabaseFailure.CircuitOpen;
import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import dev.basalt.domain.failure.DatabaseFailure.ConfirmationRequired;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.ConstraintViolated;
import dev.basalt.domain.failure.DatabaseFailure.InvalidQuery;
import dev.basalt.domain.failure.DatabaseFailure.ObjectNotFound;
import dev.basalt.domain.failure.DatabaseFailure.OutcomeUnknown;
import dev.basalt.domain.failure.DatabaseFailure.PermissionDenied;
import dev.basalt.domain.failure.DatabaseFailure.PoolExhausted;
import dev.basalt.domain.failure.DatabaseFailure.QueryFailed;
import dev.basalt.domain.failure.DatabaseFailure.ReadOnly;
import dev.basalt.domain.failure.DatabaseFailure.SerializationConflict;
import dev.basalt.domain.failure.DatabaseFailure.TimedOut;
import dev.basalt.domain.migration.MigrationFailed;
import dev.basalt.domain.migration.RevertRefused;
import java.time.Duration;
import java.util.Optional;

/** Which problem each failure is for a caller. What names hosts or users stays in the log. */
public final class Failures {

    private static final Duration SOON = ProblemResponses.DEFAULT_RETRY_AFTER;
    /** For what somebody has to put right first. */
    private static final Duration LATER = Duration.ofSeconds(30);

    private Failures() {}

    public static Problem problem(DatabaseFailure failure) {
        String message = String.valueOf(failure.getMessage());
        return switch (failure) {
            case ConnectionFailed _ -> Problem.later(ProblemCode.UNAVAILABLE, "the database cannot be reached", SOON);
            case AuthenticationFailed _ -> Problem.later(ProblemCode.UNAVAILABLE, "the database cannot be used", LATER);
            case PoolExhausted _ -> Problem.later(ProblemCode.POOL_EXHAUSTED, message, SOON);
            case TimedOut _ -> Problem.of(ProblemCode.QUERY_TIMEOUT, message);
            case QueryFailed failed -> Problem.query(ProblemCode.QUERY_FAILED, message, failed.state(), null);
            case InvalidQuery invalid ->
                Problem.query(ProblemCode.INVALID_QUERY, message, invalid.state(), invalid.position());
            case PermissionDenied _ -> Problem.of(ProblemCode.PERMISSION_DENIED, message);
            case ObjectNotFound _ -> Problem.of(ProblemCode.OBJECT_NOT_FOUND, message);
            case ConstraintViolated _ -> Problem.of(ProblemCode.CONSTRAINT_VIOLATED, message);
            case SerializationConflict _ -> Problem.of(ProblemCode.SERIALIZATION_CONFLICT, message);
            case ReadOnly _ -> Problem.later(ProblemCode.READ_ONLY, message, LATER);
            case CircuitOpen open -> Problem.later(ProblemCode.CIRCUIT_OPEN, message, open.retryAfter());
            case ConfirmationRequired required -> Problem.dangerous(message, required.reasons());
            case OutcomeUnknown _ ->
                Problem.later(
                        ProblemCode.OUTCOME_UNKNOWN,
                        "the connection was lost while committing: the same request with the same Idempotency-Key"
                                + " tells what became of it",
                        SOON);
            case ConfigurationInvalid _ -> internal();
        };
    }

    /** The problem that a throwable stands for; empty if it is a defect. */
    static Optional<Problem> problem(Throwable thrown) {
        return switch (thrown) {
            case Problem problem -> Optional.of(problem);
            case DatabaseFailure failure -> Optional.of(problem(failure));
            case MigrationFailed failed ->
                Optional.of(Problem.of(ProblemCode.MIGRATION_FAILED, String.valueOf(failed.getMessage())));
            case RevertRefused refused ->
                Optional.of(Problem.of(ProblemCode.REVERT_REFUSED, String.valueOf(refused.getMessage())));
            case NotReady obstacle ->
                Optional.of(Problem.later(
                        ProblemCode.UNAVAILABLE,
                        String.valueOf(obstacle.getMessage()),
                        obstacle.passing() ? SOON : LATER));
            case UnknownPool unknown ->
                Optional.of(Problem.of(ProblemCode.NOT_FOUND, "there is no pool " + Quoted.of(unknown.pool())));
            default -> Optional.empty();
        };
    }

    static Problem internal() {
        return Problem.of(ProblemCode.INTERNAL, "the log has more under the request_id");
    }
}

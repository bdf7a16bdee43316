package dev.basalt.domain.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.SerializationConflict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatabaseFailureTest {

    private final Throwable cause = new IllegalStateException("what the driver said");

    private final List<DatabaseFailure> oneOfEach = List.of(
            new ConnectionFailed("gone", cause),
            new DatabaseFailure.AuthenticationFailed("who?", cause),
            new DatabaseFailure.PoolExhausted("primary", 10, Duration.ofMillis(1500), cause),
            new DatabaseFailure.TimedOut("too long", cause),
            new DatabaseFailure.QueryFailed("division by zero", "22012", cause),
            new DatabaseFailure.InvalidQuery("syntax", "42601", 7, cause),
            new DatabaseFailure.PermissionDenied("no", cause),
            new DatabaseFailure.ObjectNotFound("nowhere", cause),
            new DatabaseFailure.ConstraintViolated("twice", "item_pkey", cause),
            new SerializationConflict("deadlock", cause),
            new DatabaseFailure.ReadOnly("no writes", cause),
            new DatabaseFailure.CircuitOpen("open", Duration.ofSeconds(3)),
            new DatabaseFailure.ConfirmationRequired("dangerous", List.of("drop")),
            new DatabaseFailure.OutcomeUnknown("lost while committing", cause),
            new DatabaseFailure.ConfigurationInvalid("port is x", cause));

    @Test
    void every_kind_is_looked_at() {
        assertThat(oneOfEach)
                .<Class<?>>extracting(Object::getClass)
                .containsExactlyInAnyOrder(DatabaseFailure.class.getPermittedSubclasses());
    }

    @Test
    void only_a_lost_connection_and_a_conflict_may_be_run_again() {
        assertThat(oneOfEach)
                .filteredOn(DatabaseFailure::retryable)
                .<Class<?>>extracting(Object::getClass)
                .containsExactlyInAnyOrder(ConnectionFailed.class, SerializationConflict.class);
    }

    @Test
    void the_drivers_exception_stays_the_cause() {
        assertThat(oneOfEach)
                .filteredOn(failure -> failure.getCause() != null)
                .hasSize(13)
                .allSatisfy(failure -> assertThat(failure).hasCause(cause));
    }

    @Test
    void a_failure_is_the_innermost_pools() {
        var failure = new ConnectionFailed("gone", cause);
        assertThat(failure.pool()).isNull();
        assertThat(failure.concerns("inner")).isTrue();
        assertThat(failure.concerns("outer")).isTrue();

        assertThat(failure.attributedTo("inner").attributedTo("outer")).isSameAs(failure);

        assertThat(failure.pool()).isEqualTo("inner");
        assertThat(failure.concerns("inner")).isTrue();
        assertThat(failure.concerns("outer")).isFalse();
    }

    @Test
    void an_exhausted_pool_says_which_how_large_and_how_long() {
        var failure = new DatabaseFailure.PoolExhausted("reports", 25, Duration.ofMillis(1500), null);

        assertThat(failure).hasMessage("pool 'reports': none of its 25 connections became free within 1500 ms");
        assertThat(failure.waited()).isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void a_failure_keeps_what_a_caller_needs_to_know() {
        assertThat(new DatabaseFailure.QueryFailed("", "22012", null).state()).isEqualTo("22012");
        assertThat(new DatabaseFailure.InvalidQuery("", "42601", 7, null).state())
                .isEqualTo("42601");
        assertThat(new DatabaseFailure.InvalidQuery("", "42601", 7, null).position())
                .isEqualTo(7);
        assertThat(new DatabaseFailure.InvalidQuery("", "42601", null, null).position())
                .isNull();
        assertThat(new DatabaseFailure.ConstraintViolated("", "item_pkey", null).constraint())
                .isEqualTo("item_pkey");
        assertThat(new DatabaseFailure.CircuitOpen("", Duration.ofSeconds(3)).retryAfter())
                .hasSeconds(3);
    }

    @Test
    void the_reasons_for_a_confirmation_do_not_change_later() {
        var reasons = new ArrayList<>(List.of("drop"));
        var failure = new DatabaseFailure.ConfirmationRequired("dangerous", reasons);

        reasons.add("truncate");

        assertThat(failure.reasons()).containsExactly("drop");
    }
}

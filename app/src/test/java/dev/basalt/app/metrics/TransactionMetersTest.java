package dev.basalt.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.resilience.CircuitState;
import dev.basalt.app.resilience.GaveUp;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import dev.basalt.domain.failure.DatabaseFailure.ConfirmationRequired;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TransactionMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TransactionMeters meters = new TransactionMeters(registry, "primary");

    /** All that a transaction may fail with. */
    static Stream<DatabaseFailure> failures() {
        return Stream.of(
                new DatabaseFailure.ConnectionFailed("gone", null),
                new DatabaseFailure.AuthenticationFailed("no", null),
                new DatabaseFailure.PoolExhausted("primary", 1, Duration.ofSeconds(1), null),
                new DatabaseFailure.TimedOut("slow", null),
                new DatabaseFailure.QueryFailed("by zero", "22012", null),
                new DatabaseFailure.InvalidQuery("syntax", "42601", 8, null),
                new DatabaseFailure.PermissionDenied("no", null),
                new DatabaseFailure.ObjectNotFound("no table", null),
                new DatabaseFailure.ConstraintViolated("twice", "pk", null),
                new DatabaseFailure.SerializationConflict("busy", null),
                new DatabaseFailure.ReadOnly("full", null),
                new DatabaseFailure.CircuitOpen("open", Duration.ofSeconds(1)),
                new DatabaseFailure.OutcomeUnknown("lost", null));
    }

    @Test
    void no_failure_of_transactions_is_forgotten() {
        assertThat(Stream.concat(
                        failures().<Class<?>>map(DatabaseFailure::getClass),
                        Stream.of(ConfigurationInvalid.class, ConfirmationRequired.class)))
                .containsExactlyInAnyOrder(DatabaseFailure.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void each_failure_has_a_counter_before_it_happens(DatabaseFailure failure) {
        String code = Meters.code(failure).code();
        assertThat(errors(code)).isZero();

        meters.failed(failure);

        assertThat(errors(code)).isEqualTo(1);
    }

    @Test
    void the_circuit_is_in_one_state_and_each_change_is_counted() {
        assertThat(circuit(CircuitState.CLOSED)).isEqualTo(1);

        meters.changed(CircuitState.OPEN);

        for (CircuitState state : CircuitState.values()) {
            int expected = state == CircuitState.OPEN ? 1 : 0;
            assertThat(circuit(state)).isEqualTo(expected);
            assertThat(registry.get("basalt.circuit.changes")
                            .tag("state", state.code())
                            .counter()
                            .count())
                    .isEqualTo(expected);
        }
    }

    @Test
    void retries_are_counted_by_what_became_of_them() {
        var conflict = new DatabaseFailure.SerializationConflict("busy", null);
        meters.retried(conflict);
        meters.retried(conflict);
        meters.recovered();
        meters.gaveUp(GaveUp.BUDGET);

        assertThat(registry.get("basalt.retries")
                        .tag("reason", "serialization_conflict")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(registry.get("basalt.retries.recovered").counter().count()).isEqualTo(1);
        assertThat(registry.get("basalt.retries.given.up")
                        .tag("reason", "budget")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private double errors(String code) {
        return registry.get("basalt.errors").tag("code", code).counter().count();
    }

    private double circuit(CircuitState state) {
        return registry.get("basalt.circuit.state")
                .tag("state", state.code())
                .gauge()
                .value();
    }
}

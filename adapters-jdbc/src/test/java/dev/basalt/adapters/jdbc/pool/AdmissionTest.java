package dev.basalt.adapters.jdbc.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.basalt.contract.Caller;
import dev.basalt.domain.failure.DatabaseFailure.AuthenticationFailed;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class AdmissionTest {

    private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

    private final Admission admission = new Admission("primary");

    @Test
    void the_first_verdict_is_waited_for_and_not_for_ever() throws InterruptedException {
        assertThatExceptionOfType(ConnectionFailed.class)
                .isThrownBy(() -> admission.pass(Duration.ofMillis(1)))
                .withMessage("pool 'primary': the database has not been reached yet");

        admission.open();

        admission.pass(Duration.ZERO);
        assertThat(admission.isOpen()).isTrue();
    }

    @Test
    void who_is_refused_learns_why_and_since_when_by_a_failure_of_his_own() {
        var down = new ConnectionFailed("pool 'primary': nobody answers", null);
        admission.shut(down, SINCE);

        assertThatExceptionOfType(ConnectionFailed.class)
                .isThrownBy(admission::require)
                .withMessage("pool 'primary': unavailable since 2026-01-01T00:00:00Z: nobody answers")
                .withCause(down);

        var refused = new AuthenticationFailed("pool 'primary': wrong password", null);
        admission.shut(refused, SINCE);

        assertThatExceptionOfType(AuthenticationFailed.class)
                .isThrownBy(admission::require)
                .withCause(refused);
    }

    @Test
    void what_began_to_be_opened_before_the_fault_is_not_waited_for_after_it() throws InterruptedException {
        admission.open();
        var before = Objects.requireNonNull(admission.awaitOpen());
        assertThat(before).isNotDone();

        admission.shut(new ConnectionFailed("gone", null), SINCE);

        assertThat(before).isDone();
        admission.open();
        assertThat(admission.awaitOpen()).isNotDone();
    }

    @Test
    void a_pool_that_is_closing_lets_nobody_in_but_opens_connections_for_those_who_are() throws InterruptedException {
        admission.open();
        admission.stop();

        assertThat(admission.isOpen()).isFalse();
        assertThatExceptionOfType(ConnectionFailed.class)
                .isThrownBy(() -> admission.pass(Duration.ZERO))
                .withMessage("pool 'primary' is closing");
        assertThat(admission.awaitOpen()).isNotNull();
    }

    @Test
    void a_pool_that_is_closed_says_so_and_has_nobody_wait_for_a_database() {
        var opening = Caller.start(admission::awaitOpen);

        admission.close();
        admission.open();

        assertThat(opening.answer()).isNull();
        assertThatExceptionOfType(ConnectionFailed.class)
                .isThrownBy(() -> admission.pass(Duration.ofHours(1)))
                .withMessage("pool 'primary' is closed");
    }
}

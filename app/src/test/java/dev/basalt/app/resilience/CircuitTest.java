package dev.basalt.app.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.basalt.app.backends.FakeBackend;
import dev.basalt.app.settings.BreakerSettings;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.AuthenticationFailed;
import dev.basalt.domain.failure.DatabaseFailure.CircuitOpen;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.InvalidQuery;
import dev.basalt.domain.failure.DatabaseFailure.OutcomeUnknown;
import dev.basalt.domain.failure.DatabaseFailure.PoolExhausted;
import dev.basalt.domain.failure.DatabaseFailure.ReadOnly;
import dev.basalt.domain.failure.DatabaseFailure.SerializationConflict;
import dev.basalt.domain.failure.DatabaseFailure.TimedOut;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.Heartbeat;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.PoolSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CircuitTest {

    private static final int FAILURES = 5;

    private final FakeBackend backend =
            FakeBackend.of(new DatabaseSettings("primary", new DatabaseUrl("fake:x"), PoolSettings.DEFAULTS));
    private final Story story = new Story();
    /** For how long a trial has been under way; stands still by itself. */
    private long now;
    /** Stays open for longer than any test takes. */
    private final Circuit circuit = new Circuit(backend, new BreakerSettings(FAILURES, Duration.ofMinutes(1)), story);
    /** Half-opens soon. */
    private final Circuit quick =
            new Circuit(backend, new BreakerSettings(FAILURES, Duration.ofMillis(300)), story, () -> now);

    @BeforeEach
    void the_database_is_there() {
        backend.comes();
    }

    @AfterEach
    void the_interrupt_is_for_one_test() {
        Thread.interrupted();
    }

    private static void call(Circuit circuit, @Nullable Throwable thrown) {
        circuit.ended(circuit.begin(), thrown);
    }

    private static ConnectionFailed lost() {
        return new ConnectionFailed("lost", null);
    }

    private static void fail(Circuit circuit, int times) {
        for (int i = 0; i < times; i++) {
            call(circuit, i % 2 == 0 ? lost() : new OutcomeUnknown("lost while committing", null));
        }
    }

    private void openThenHalfOpen() {
        fail(quick, FAILURES);
        awaitHalfOpen();
    }

    private void awaitHalfOpen() {
        Awaitility.await().until(() -> quick.state() == CircuitState.HALF_OPEN);
    }

    @Test
    void while_the_heartbeat_says_down_nobody_is_let_through_and_its_next_good_beat_closes_it() {
        backend.goes();

        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
        assertThatThrownBy(circuit::begin)
                .isInstanceOfSatisfying(
                        CircuitOpen.class, open -> assertThat(open.retryAfter()).isEqualTo(Duration.ofSeconds(1)))
                .hasMessageStartingWith("pool 'primary': ")
                .message()
                .doesNotContain("host.example");
        assertThatThrownBy(circuit::begin).isInstanceOf(CircuitOpen.class);

        backend.comes();
        call(circuit, null);
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(story.lines()).containsExactly("primary: closed -> open", "primary: open -> closed");
    }

    @Test
    void what_calls_ran_into_at_another_database_opens_nothing() {
        for (int i = 0; i < 2 * FAILURES; i++) {
            call(circuit, lost().attributedTo("elsewhere"));
        }

        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
        assertThat(story.lines()).isEmpty();

        for (int i = 0; i < FAILURES; i++) {
            call(circuit, lost().attributedTo("primary"));
        }
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
        assertThatThrownBy(circuit::begin)
                .isInstanceOfSatisfying(
                        CircuitOpen.class, open -> assertThat(open.pool()).isEqualTo("primary"));
    }

    @Test
    void a_database_that_was_never_reached_is_unavailable() {
        backend.beats(down(null, lost()));

        assertThatThrownBy(circuit::begin).isInstanceOf(ConnectionFailed.class);
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void refused_credentials_are_told_as_such() {
        var refused = new AuthenticationFailed("wrong password", null);
        backend.beats(down(Instant.now(), refused));

        assertThatThrownBy(circuit::begin)
                .isInstanceOf(AuthenticationFailed.class)
                .isNotSameAs(refused)
                .hasCause(refused);
    }

    @Test
    void before_the_first_verdict_callers_are_left_to_the_pool() {
        backend.beats(new Heartbeat(HealthStatus.UNHEALTHY, Instant.now(), null, Duration.ZERO, null, 0, lost()));

        call(circuit, lost());

        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void a_closed_pool_says_so_itself() {
        backend.goes();
        backend.close(Duration.ZERO);

        fail(circuit, 2 * FAILURES);

        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    private static Heartbeat down(@Nullable Instant lastGood, DatabaseFailure failure) {
        return new Heartbeat(HealthStatus.UNHEALTHY, Instant.now(), lastGood, Duration.ZERO, null, 1, failure);
    }

    @Test
    void it_opens_when_several_calls_in_a_row_lose_their_connection() {
        fail(circuit, FAILURES - 1);
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);

        fail(circuit, 1);

        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
        assertThatThrownBy(circuit::begin)
                .isInstanceOfSatisfying(
                        CircuitOpen.class,
                        open -> assertThat(open.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1)));
        assertThat(story.lines()).containsExactly("primary: closed -> open");
    }

    @Test
    void an_answer_in_between_begins_the_row_anew() {
        fail(circuit, FAILURES - 1);
        call(circuit, null);
        fail(circuit, FAILURES - 1);
        call(circuit, new InvalidQuery("what?", "42601", null, null));
        fail(circuit, FAILURES - 1);

        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void calls_that_lose_their_connections_at_a_stroke_count_as_one() {
        List<Circuit.Call> calls =
                IntStream.range(0, 64).mapToObj(_ -> circuit.begin()).toList();
        calls.forEach(call -> circuit.ended(call, lost()));
        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);

        fail(circuit, FAILURES - 1);
        assertThat(circuit.state()).isEqualTo(CircuitState.OPEN);
    }

    static List<Throwable> unrelated() {
        return List.of(
                new PoolExhausted("full", Duration.ofSeconds(1)),
                new TimedOut("slow", null),
                new AuthenticationFailed("refused", null),
                new SerializationConflict("in the way", null),
                new ReadOnly("no writes", null),
                new InvalidQuery("what?", "42601", null, null),
                new IllegalStateException("of the work"),
                new StackOverflowError());
    }

    @ParameterizedTest
    @MethodSource("unrelated")
    void nothing_else_opens_it(Throwable thrown) {
        for (int i = 0; i < 10 * FAILURES; i++) {
            call(circuit, thrown);
        }

        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void an_interrupted_caller_says_nothing_about_the_database() {
        Thread.currentThread().interrupt();

        fail(circuit, 10 * FAILURES);

        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void half_open_lets_one_caller_through_whose_success_closes_it() {
        openThenHalfOpen();

        Circuit.Call trial = quick.begin();
        assertThatThrownBy(quick::begin).isInstanceOf(CircuitOpen.class);
        assertThat(quick.state()).isEqualTo(CircuitState.HALF_OPEN);
        quick.ended(trial, null);

        assertThat(quick.state()).isEqualTo(CircuitState.CLOSED);
        call(quick, null);
        assertThat(story.lines())
                .containsSubsequence(
                        "primary: closed -> open", "primary: open -> half_open", "primary: half_open -> closed");
    }

    @Test
    void a_trial_that_takes_longer_than_the_circuit_stays_open_is_not_the_only_one() {
        openThenHalfOpen();
        Circuit.Call slow = quick.begin();
        assertThatThrownBy(quick::begin).isInstanceOf(CircuitOpen.class);

        now = Duration.ofMillis(300).toNanos();
        Circuit.Call beside = quick.begin();
        assertThatThrownBy(quick::begin).isInstanceOf(CircuitOpen.class);
        quick.ended(beside, null);

        assertThat(quick.state()).isEqualTo(CircuitState.CLOSED);
        quick.ended(slow, lost());
        assertThat(quick.state()).as("one loss opens nothing").isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void a_trial_that_fails_opens_it_again() {
        openThenHalfOpen();

        call(quick, lost());

        assertThat(story.lines()).endsWith("primary: half_open -> open");
        awaitHalfOpen();
        call(quick, null);
        assertThat(quick.state()).isEqualTo(CircuitState.CLOSED);
    }

    @ParameterizedTest
    @MethodSource("unrelated")
    void a_trial_that_comes_to_nothing_leaves_its_place_to_another(Throwable thrown) {
        openThenHalfOpen();

        call(quick, thrown);
        call(quick, null);

        assertThat(quick.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void who_began_before_it_opened_does_not_decide_the_trial() {
        Circuit.Call early = quick.begin();
        Circuit.Call alsoEarly = quick.begin();
        openThenHalfOpen();
        Circuit.Call trial = quick.begin();

        quick.ended(early, null);
        quick.ended(alsoEarly, lost());

        assertThat(quick.state()).isEqualTo(CircuitState.HALF_OPEN);
        quick.ended(trial, null);
        assertThat(quick.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void an_outage_that_the_heartbeat_noticed_leaves_nothing_behind_when_it_is_over() {
        fail(circuit, FAILURES);
        backend.goes();
        assertThatThrownBy(circuit::begin).isInstanceOf(CircuitOpen.class);
        backend.comes();

        call(circuit, null);

        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void what_is_lost_while_the_heartbeat_says_down_counts_for_nothing_afterwards() {
        Circuit.Call early = circuit.begin();
        backend.goes();
        circuit.ended(early, lost());
        backend.comes();

        fail(circuit, FAILURES - 1);

        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }

    @Test
    void what_was_lost_before_the_heartbeat_noticed_counts_for_nothing_when_the_outage_is_over() {
        fail(circuit, FAILURES - 1);
        backend.goes();
        assertThatThrownBy(circuit::begin).isInstanceOf(CircuitOpen.class);
        backend.comes();

        fail(circuit, FAILURES - 1);

        assertThat(circuit.state()).isEqualTo(CircuitState.CLOSED);
    }
}

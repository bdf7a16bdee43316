package dev.basalt.app.resilience;

import static dev.basalt.app.resilience.Failed.conflict;
import static dev.basalt.app.resilience.Failed.lost;
import static dev.basalt.app.resilience.Failed.unknown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.basalt.app.backends.FakeBackend;
import dev.basalt.app.settings.BreakerSettings;
import dev.basalt.app.settings.RetrySettings;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.AuthenticationFailed;
import dev.basalt.domain.failure.DatabaseFailure.CircuitOpen;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.ConstraintViolated;
import dev.basalt.domain.failure.DatabaseFailure.InvalidQuery;
import dev.basalt.domain.failure.DatabaseFailure.PermissionDenied;
import dev.basalt.domain.failure.DatabaseFailure.PoolExhausted;
import dev.basalt.domain.failure.DatabaseFailure.ReadOnly;
import dev.basalt.domain.failure.DatabaseFailure.SerializationConflict;
import dev.basalt.domain.failure.DatabaseFailure.TimedOut;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.transaction.Nesting;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.TransactionRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RetriedTransactionsTest {

    private static final TransactionOptions WRITE = TransactionOptions.WRITE;

    private final FakeBackend backend =
            FakeBackend.of(new DatabaseSettings("primary", new DatabaseUrl("fake:x"), PoolSettings.DEFAULTS));
    private final Story story = new Story();
    private final FakePatience patience = new FakePatience();
    private TransactionRunner transactions = with(RetrySettings.DEFAULTS);

    private TransactionRunner with(RetrySettings settings) {
        return Resilience.around(
                backend.transactions(),
                new Circuit(backend, new BreakerSettings(100, Duration.ofMinutes(1)), story),
                new Retries(backend, settings, patience, story),
                story);
    }

    @BeforeEach
    void the_database_is_there() {
        backend.comes();
    }

    @AfterEach
    void the_interrupt_is_for_one_test() {
        Thread.interrupted();
    }

    private List<Integer> attempts() {
        return backend.attempts().stream().map(TransactionOptions::attempt).toList();
    }

    @Test
    void a_failure_that_passes_is_not_noticed_and_the_work_knows_the_attempt() {
        backend.fails(lost(), conflict());

        int attempt = transactions.inTransaction(WRITE, transaction -> transaction.attempt());

        assertThat(attempt).isEqualTo(3);
        assertThat(attempts()).containsExactly(1, 2, 3);
        assertThat(story.lines())
                .containsExactly(
                        "primary: attempt 1: ConnectionFailed",
                        "primary: attempt 2: SerializationConflict",
                        "primary: recovered in attempt 3");
    }

    @Test
    void what_does_not_fail_is_run_once_and_nobody_is_told() {
        int answer = transactions.inTransaction(WRITE, _ -> 42);

        assertThat(answer).isEqualTo(42);
        assertThat(attempts()).containsExactly(1);
        assertThat(patience.pauses()).isEmpty();
        assertThat(story.lines()).isEmpty();
    }

    @Test
    void a_conflict_that_outlives_all_attempts_stays_one_and_keeps_what_was_before() {
        ConnectionFailed first = lost();
        SerializationConflict last = conflict();
        backend.fails(first, conflict(), last);

        Throwable thrown = catchThrowable(() -> transactions.inTransaction(WRITE, _ -> 1));

        assertThat(thrown).isSameAs(last);
        assertThat(thrown.getSuppressed()).singleElement().isInstanceOf(SerializationConflict.class);
        assertThat(thrown.getSuppressed()[0].getSuppressed()).containsExactly(first);
        assertThat(story.lines())
                .endsWith(
                        "primary: gave up after attempt 3, ATTEMPTS: SerializationConflict",
                        "primary: failed: SerializationConflict");
    }

    @Test
    void who_fails_after_a_retry_by_what_does_not_pass_has_given_up_as_well() {
        backend.fails(lost(), new TimedOut("slow", null));

        assertThatThrownBy(() -> transactions.inTransaction(WRITE, _ -> 1)).isInstanceOf(TimedOut.class);

        assertThat(attempts()).containsExactly(1, 2);
        assertThat(story.lines())
                .containsExactly(
                        "primary: attempt 1: ConnectionFailed",
                        "primary: gave up after attempt 2, LASTING: TimedOut",
                        "primary: failed: TimedOut");
    }

    @Test
    void what_the_work_ran_into_at_another_pool_is_left_to_that_one() {
        assertThatThrownBy(() -> transactions.inTransaction(WRITE, _ -> {
                    throw lost().attributedTo("archive");
                }))
                .isInstanceOf(ConnectionFailed.class);

        assertThat(attempts()).containsExactly(1);
        assertThat(story.lines()).isEmpty();
    }

    static List<DatabaseFailure> lasting() {
        return List.of(
                new TimedOut("slow", null),
                new AuthenticationFailed("refused", null),
                new PermissionDenied("not yours", null),
                new InvalidQuery("what?", "42601", null, null),
                new ConstraintViolated("twice", "key", null),
                new ReadOnly("no writes", null),
                new PoolExhausted("full", Duration.ofSeconds(1)),
                new CircuitOpen("down", Duration.ofSeconds(1)),
                unknown());
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void what_does_not_pass_fails_at_once(DatabaseFailure failure) {
        backend.fails(failure);

        assertThatThrownBy(() -> transactions.inTransaction(WRITE, _ -> 1)).isSameAs(failure);

        assertThat(attempts()).containsExactly(1);
        assertThat(story.lines())
                .containsExactly("primary: failed: " + failure.getClass().getSimpleName());
    }

    @Test
    void what_the_work_itself_throws_is_not_tried_again() {
        var refusal = new IOException("no");

        assertThatThrownBy(() -> transactions.inTransaction(WRITE, _ -> {
                    throw refusal;
                }))
                .isSameAs(refusal);

        assertThat(attempts()).containsExactly(1);
        assertThat(story.lines()).isEmpty();
    }

    @Test
    void a_call_inside_a_transaction_is_not_repeated_on_its_own_but_the_whole_is() {
        var outer = new ArrayList<Integer>();
        var inner = new ArrayList<Integer>();

        transactions.inTransaction(WRITE, transaction -> {
            outer.add(transaction.attempt());
            return transactions.inTransaction(WRITE.withNesting(Nesting.SAVEPOINT), nested -> {
                inner.add(nested.attempt());
                if (nested.attempt() < 3) {
                    throw conflict();
                }
                return 1;
            });
        });

        assertThat(outer).containsExactly(1, 2, 3);
        assertThat(inner).containsExactly(1, 2, 3);
        assertThat(attempts()).containsExactly(1, 2, 3);
    }

    @Test
    void pauses_are_any_part_of_bounds_that_double_up_to_the_longest() {
        transactions =
                with(new RetrySettings(6, Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofMinutes(1), 100));
        backend.fails(lost(), lost(), lost(), lost(), lost());
        transactions.inTransaction(WRITE, _ -> 1);

        assertThat(patience.pauses()).extracting(Duration::toMillis).containsExactly(100L, 200L, 400L, 500L, 500L);

        patience.random(0.25);
        backend.fails(lost(), lost());
        transactions.inTransaction(WRITE, _ -> 1);
        assertThat(patience.pauses().subList(5, 7))
                .extracting(Duration::toMillis)
                .containsExactly(25L, 50L);

        patience.random(0);
        backend.fails(lost());
        transactions.inTransaction(WRITE, _ -> 1);
        assertThat(patience.pauses().getLast()).isZero();
    }

    @Test
    void no_attempt_begins_after_the_deadline() {
        transactions =
                with(new RetrySettings(5, Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofMillis(350), 10));
        backend.fails(lost(), lost(), lost(), lost());

        assertThatThrownBy(() -> transactions.inTransaction(WRITE, _ -> 1)).isInstanceOf(ConnectionFailed.class);

        // 100 ms and 200 ms have passed; 400 more are too many.
        assertThat(attempts()).containsExactly(1, 2, 3);
        assertThat(story.lines()).contains("primary: gave up after attempt 3, DEADLINE: ConnectionFailed");
    }

    @Test
    void retries_have_a_share_of_the_traffic_and_a_reserve() {
        patience.random(0);
        int calls = 1000;
        for (int i = 0; i < calls; i++) {
            backend.fails(conflict(), conflict(), conflict());
            assertThatThrownBy(() -> transactions.inTransaction(WRITE, _ -> 1))
                    .isInstanceOf(SerializationConflict.class);
            backend.forgetsFailures();
        }

        int reserve = PoolSettings.DEFAULTS.maxConnections() * 2;
        assertThat(backend.attempts()).hasSizeBetween(calls + calls / 10, calls + calls / 10 + reserve);
        assertThat(story.lines()).contains("primary: gave up after attempt 1, BUDGET: SerializationConflict");
    }

    @Test
    void an_interrupt_ends_the_wait_with_the_last_failure_and_stays() {
        ConnectionFailed failure = lost();
        backend.fails(failure);
        patience.interrupt();

        assertThatThrownBy(() -> transactions.inTransaction(WRITE, _ -> 1)).isSameAs(failure);

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(attempts()).containsExactly(1);
        assertThat(story.lines()).contains("primary: gave up after attempt 1, INTERRUPTED: ConnectionFailed");
    }

    @Test
    void who_was_interrupted_in_an_attempt_does_not_begin_another() {
        assertThatThrownBy(() -> transactions.inTransaction(WRITE, _ -> {
                    Thread.currentThread().interrupt();
                    throw lost();
                }))
                .isInstanceOf(ConnectionFailed.class);

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(attempts()).containsExactly(1);
        assertThat(patience.pauses()).isEmpty();
    }

    @Test
    void a_stop_of_the_service_ends_the_wait_with_the_last_failure() {
        ConnectionFailed failure = lost();
        backend.fails(failure);
        patience.stop();

        assertThatThrownBy(() -> transactions.inTransaction(WRITE, _ -> 1)).isSameAs(failure);

        assertThat(attempts()).containsExactly(1);
        assertThat(story.lines()).contains("primary: gave up after attempt 1, STOPPING: ConnectionFailed");
    }

    @Test
    void on_a_closed_pool_nothing_is_tried_again() {
        backend.fails(lost());
        backend.close(Duration.ZERO);

        assertThatThrownBy(() -> transactions.inTransaction(WRITE, _ -> 1)).isInstanceOf(ConnectionFailed.class);

        assertThat(attempts()).containsExactly(1);
    }

    @Test
    void a_database_that_was_never_reached_is_not_tried_again() {
        FakeBackend absent =
                FakeBackend.of(new DatabaseSettings("primary", new DatabaseUrl("fake:x"), PoolSettings.DEFAULTS));
        TransactionRunner onAbsent = Resilience.around(
                absent,
                new Circuit(absent, BreakerSettings.DEFAULTS, story),
                new Retries(absent, RetrySettings.DEFAULTS, patience, story),
                story);

        assertThatThrownBy(() -> onAbsent.inTransaction(WRITE, _ -> 1)).isInstanceOf(ConnectionFailed.class);

        assertThat(patience.pauses()).isEmpty();
    }

    @Test
    void work_that_lost_its_connection_waits_for_a_circuit_that_opened_meanwhile() {
        var downInTheFirstAttempt = new ArrayList<Integer>();

        assertThatThrownBy(() -> transactions.inTransaction(WRITE, transaction -> {
                    downInTheFirstAttempt.add(transaction.attempt());
                    backend.goes();
                    throw lost();
                }))
                .isInstanceOf(CircuitOpen.class)
                .satisfies(thrown -> assertThat(thrown.getSuppressed()).hasSize(1));

        assertThat(downInTheFirstAttempt).containsExactly(1);
        assertThat(patience.pauses()).hasSize(2);
        assertThat(backend.attempts()).as("what reached the database").hasSize(1);
    }
}

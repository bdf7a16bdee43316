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
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.OutcomeUnknown;
import dev.basalt.domain.failure.DatabaseFailure.PoolExhausted;
import dev.basalt.domain.failure.DatabaseFailure.ReadOnly;
import dev.basalt.domain.failure.DatabaseFailure.SerializationConflict;
import dev.basalt.domain.failure.DatabaseFailure.TimedOut;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.TransactionRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That work whose commit was lost finds out what became of it, or says that it could not. */
class UnknownOutcomeTest {

    private static final TransactionOptions IDEMPOTENT = TransactionOptions.WRITE.asIdempotent();

    private final FakeBackend backend =
            FakeBackend.of(new DatabaseSettings("primary", new DatabaseUrl("fake:x"), PoolSettings.DEFAULTS));
    private final FakePatience patience = new FakePatience();
    private final Story story = new Story();
    private final TransactionRunner transactions = with(RetrySettings.DEFAULTS, BreakerSettings.DEFAULTS);

    private TransactionRunner with(RetrySettings settings, BreakerSettings breaker) {
        return Resilience.around(
                backend.transactions(),
                new Circuit(backend, breaker, story),
                new Retries(backend, settings, patience, story),
                story);
    }

    @BeforeEach
    void the_database_is_there() {
        backend.comes();
    }

    private List<Integer> attempts() {
        return backend.attempts().stream().map(TransactionOptions::attempt).toList();
    }

    @Test
    void idempotent_work_is_run_again_to_find_out_what_became_of_it() {
        backend.fails(unknown());

        int attempt = transactions.inTransaction(IDEMPOTENT, transaction -> transaction.attempt());

        assertThat(attempt).isEqualTo(2);
        assertThat(story.lines())
                .containsExactly("primary: attempt 1: OutcomeUnknown", "primary: recovered in attempt 2");
    }

    @Test
    void nobody_is_left_in_doubt_to_save_a_retry() {
        RetrySettings defaults = RetrySettings.DEFAULTS;
        var thrifty = with(
                new RetrySettings(
                        defaults.attempts(), defaults.baseDelay(), defaults.maxDelay(), defaults.deadline(), 0),
                BreakerSettings.DEFAULTS);
        backend.fails(conflict());
        assertThatThrownBy(() -> thrifty.inTransaction(IDEMPOTENT, _ -> 1)).isInstanceOf(SerializationConflict.class);

        backend.fails(unknown(), lost());
        int attempt = thrifty.inTransaction(IDEMPOTENT, transaction -> transaction.attempt());

        assertThat(attempt).isEqualTo(3);
        assertThat(story.lines())
                .startsWith("primary: gave up after attempt 1, BUDGET: SerializationConflict")
                .endsWith("primary: recovered in attempt 3");
    }

    @Test
    void an_outcome_that_cannot_be_found_out_stays_unknown_whatever_fails_later() {
        OutcomeUnknown unknown = unknown();
        ConnectionFailed second = lost();
        TimedOut third = new TimedOut("slow", null);
        backend.fails(unknown, second, third);

        Throwable thrown = catchThrowable(() -> transactions.inTransaction(IDEMPOTENT, _ -> 1));

        assertThat(thrown).isSameAs(unknown);
        assertThat(thrown.getSuppressed()).containsExactly(second, third);
        assertThat(attempts()).containsExactly(1, 2, 3);
        assertThat(story.lines()).endsWith("primary: failed: OutcomeUnknown");
    }

    @Test
    void who_is_in_doubt_asks_until_the_deadline_beyond_the_attempts_and_whatever_may_pass() {
        var full = new PoolExhausted("full", Duration.ofSeconds(1));
        var readOnly = new ReadOnly("no writes", null);
        backend.fails(unknown(), lost(), full, readOnly, conflict());

        int attempt = transactions.inTransaction(IDEMPOTENT, transaction -> transaction.attempt());

        assertThat(attempt).isEqualTo(6);
        assertThat(patience.pauses()).extracting(Duration::toMillis).containsExactly(100L, 200L, 400L, 800L, 1600L);
    }

    @Test
    void the_deadline_ends_the_doubt_with_an_outcome_that_is_not_known() {
        OutcomeUnknown unknown = unknown();
        backend.fails(unknown);

        assertThatThrownBy(() -> transactions.inTransaction(IDEMPOTENT, transaction -> {
                    if (transaction.attempt() > 1) {
                        throw conflict();
                    }
                    return 1;
                }))
                .isSameAs(unknown);

        // 100 + 200 + 400 + 800 + 1600 + 3 * 2000 ms have passed; 2000 more are too many.
        assertThat(patience.pauses()).hasSize(8);
        assertThat(story.lines()).contains("primary: gave up after attempt 9, DEADLINE: OutcomeUnknown");
    }

    @Test
    void without_a_delay_who_is_in_doubt_takes_his_time_once_the_attempts_are_spent() {
        var hasty = with(
                new RetrySettings(2, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10), 10),
                BreakerSettings.DEFAULTS);
        backend.fails(unknown(), lost(), lost());

        hasty.inTransaction(IDEMPOTENT, _ -> 1);

        assertThat(patience.pauses()).extracting(Duration::toMillis).containsExactly(0L, 100L, 100L);
    }

    @Test
    void a_refusal_of_idempotent_work_is_the_answer_after_an_unknown_outcome() {
        var refusal = new IOException("known already");
        backend.fails(unknown());

        assertThatThrownBy(() -> transactions.inTransaction(IDEMPOTENT, transaction -> {
                    if (transaction.attempt() == 2) {
                        throw refusal;
                    }
                    return 1;
                }))
                .isSameAs(refusal);
    }

    @Test
    void commits_that_are_lost_one_after_the_other_open_the_circuit() {
        var fragile = with(RetrySettings.DEFAULTS, new BreakerSettings(2, Duration.ofMinutes(1)));
        backend.fails(unknown(), unknown());

        assertThatThrownBy(() -> fragile.inTransaction(IDEMPOTENT, _ -> 1)).isInstanceOf(OutcomeUnknown.class);

        assertThat(attempts()).as("what reached the database").containsExactly(1, 2);
        assertThat(story.lines()).contains("primary: closed -> open");
    }
}

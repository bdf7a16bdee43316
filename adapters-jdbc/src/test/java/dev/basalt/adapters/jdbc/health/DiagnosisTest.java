package dev.basalt.adapters.jdbc.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.PoolExhausted;
import dev.basalt.domain.failure.DatabaseFailure.ReadOnly;
import dev.basalt.domain.failure.DatabaseFailure.TimedOut;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.Heartbeat;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

    private static final Duration QUICK = Duration.ofMillis(3);
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(5);
    private static final Instant OPENED = Instant.parse("2026-01-01T00:00:00Z");

    private final Diagnosis diagnosis = new Diagnosis("primary", PING_TIMEOUT, OPENED);
    private Instant now = OPENED;

    @Test
    void a_database_that_was_never_reached_is_unhealthy_but_not_judged() {
        assertThat(verdict().status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(verdict().failure())
                .isInstanceOf(ConnectionFailed.class)
                .hasMessage("pool 'primary': the database has not been reached yet");
        assertThat(diagnosis.isJudged()).isFalse();
    }

    @Test
    void the_first_answer_makes_it_healthy() {
        answer();

        assertThat(diagnosis.isJudged()).isTrue();
        assertThat(verdict().status()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(verdict().since()).isEqualTo(now);
        assertThat(verdict().lastGood()).isEqualTo(now);
        assertThat(verdict().roundTrip()).isEqualTo(QUICK);
    }

    @Test
    void a_refusal_is_unhealthy_until_the_next_answer() {
        answer();
        var refusal = new ConnectionFailed("refused", null);
        diagnosis.beatBegan();
        diagnosis.failed(refusal);

        assertThat(verdict().status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(verdict().failure()).isSameAs(refusal);
        assertThat(verdict().errorCount()).isOne();

        answer();
        assertThat(verdict().status()).isEqualTo(HealthStatus.HEALTHY);
        assertThat(verdict().errorCount()).isOne();
    }

    @Test
    void a_beat_late_by_a_second_degrades_and_one_late_by_the_ping_timeout_is_lost() {
        answer();
        diagnosis.beatBegan();

        diagnosis.unanswered(Duration.ofMillis(999));
        assertThat(verdict().status()).isEqualTo(HealthStatus.HEALTHY);
        diagnosis.unanswered(Duration.ofSeconds(1));
        assertThat(verdict().status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(verdict().failure()).isInstanceOf(TimedOut.class);
        diagnosis.unanswered(PING_TIMEOUT.minusMillis(1));
        assertThat(verdict().status()).isEqualTo(HealthStatus.DEGRADED);
        diagnosis.unanswered(PING_TIMEOUT);
        assertThat(verdict().status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(verdict().failure()).isInstanceOf(TimedOut.class);
    }

    @Test
    void a_beat_that_is_late_and_then_fails_counts_as_one_error() {
        diagnosis.beatBegan();
        diagnosis.unanswered(PING_TIMEOUT);
        diagnosis.unanswered(PING_TIMEOUT.plusSeconds(1));
        diagnosis.failed(new ConnectionFailed("aborted", null));

        assertThat(verdict().errorCount()).isOne();
    }

    @Test
    void lateness_ends_after_two_good_beats() {
        answer();
        diagnosis.beatBegan();
        diagnosis.unanswered(Duration.ofSeconds(2));
        diagnosis.answered(now, Duration.ofSeconds(2), Duration.ofSeconds(2), false);
        assertThat(verdict().status()).isEqualTo(HealthStatus.DEGRADED);

        answer();
        assertThat(verdict().status()).isEqualTo(HealthStatus.DEGRADED);
        answer();
        assertThat(verdict().status()).isEqualTo(HealthStatus.HEALTHY);
    }

    @Test
    void an_answer_that_came_late_degrades_though_nobody_looked_meanwhile() {
        answer();
        diagnosis.beatBegan();
        diagnosis.answered(now, Duration.ofSeconds(1), Duration.ofSeconds(1), false);

        assertThat(verdict().status()).isEqualTo(HealthStatus.DEGRADED);
    }

    @Test
    void callers_that_wait_for_two_seconds_degrade_until_two_beats_find_nobody_waiting() {
        answer();
        diagnosis.callersWaited(Duration.ofMillis(1999));
        assertThat(verdict().status()).isEqualTo(HealthStatus.HEALTHY);
        diagnosis.callersWaited(Duration.ofSeconds(2));
        assertThat(verdict().status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(verdict().failure()).isInstanceOf(PoolExhausted.class);

        answer();
        diagnosis.answered(now, QUICK, QUICK, true);
        answer();
        assertThat(verdict().status()).isEqualTo(HealthStatus.DEGRADED);
        answer();
        assertThat(verdict().status()).isEqualTo(HealthStatus.HEALTHY);
    }

    @Test
    void a_refused_write_degrades_until_one_was_committed_and_two_beats_were_good() {
        answer();
        diagnosis.refusedWrite(new ReadOnly("read-only", null));
        assertThat(verdict().status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(verdict().failure()).isInstanceOf(ReadOnly.class);

        answer();
        answer();
        answer();
        assertThat(verdict().status()).as("without a write").isEqualTo(HealthStatus.DEGRADED);
        diagnosis.wrote();
        answer();
        assertThat(verdict().status()).isEqualTo(HealthStatus.HEALTHY);
    }

    @Test
    void a_write_that_was_committed_before_another_one_was_refused_ends_nothing() {
        answer();
        diagnosis.refusedWrite(new ReadOnly("read-only", null));
        diagnosis.wrote();
        diagnosis.refusedWrite(new ReadOnly("read-only", null));

        answer();
        answer();

        assertThat(verdict().status()).isEqualTo(HealthStatus.DEGRADED);
    }

    @Test
    void heartbeats_that_were_good_before_a_write_was_refused_do_not_count() {
        answer();
        answer();
        diagnosis.refusedWrite(new ReadOnly("read-only", null));
        diagnosis.wrote();

        answer();
        assertThat(verdict().status()).isEqualTo(HealthStatus.DEGRADED);
        answer();
        assertThat(verdict().status()).isEqualTo(HealthStatus.HEALTHY);
    }

    @Test
    void what_is_down_is_unhealthy_whatever_else_is_wrong() {
        answer();
        diagnosis.refusedWrite(new ReadOnly("read-only", null));
        diagnosis.failed(new ConnectionFailed("refused", null));
        assertThat(verdict().status()).isEqualTo(HealthStatus.UNHEALTHY);

        answer();

        assertThat(verdict().status()).isEqualTo(HealthStatus.DEGRADED);
        assertThat(verdict().failure()).isInstanceOf(ReadOnly.class);
    }

    private void answer() {
        now = now.plusSeconds(1);
        diagnosis.beatBegan();
        diagnosis.answered(now, QUICK, QUICK, false);
    }

    private Heartbeat verdict() {
        return diagnosis.verdict(now);
    }
}

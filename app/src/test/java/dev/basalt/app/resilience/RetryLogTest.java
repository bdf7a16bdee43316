package dev.basalt.app.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.basalt.app.LogLines;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RetryLogTest {

    @RegisterExtension
    private final LogLines lines = LogLines.atDebug(RetryLog.class.getName());

    private final FakePatience patience = new FakePatience();
    private final RetryLog log = new RetryLog("primary", patience::nanoTime);
    private final ConnectionFailed failure = new ConnectionFailed("lost", null);

    @Test
    void each_retry_is_told_with_attempt_and_pause() {
        log.retried(1, Duration.ofMillis(57), failure);

        assertThat(lines.at(Level.INFO))
                .containsExactly("pool 'primary': attempt 1 failed, the next one follows in 57 ms: lost");
    }

    @Test
    void what_became_of_a_call_that_had_a_retry_is_told_each_time() {
        for (int i = 0; i < 3; i++) {
            log.recovered(2);
            log.gaveUp(3, GaveUp.ATTEMPTS, failure);
        }

        assertThat(lines.at(Level.INFO)).hasSize(3).containsOnly("pool 'primary': attempt 2 succeeded");
        assertThat(lines.at(Level.WARN))
                .hasSize(3)
                .containsOnly("pool 'primary': given up after attempt 3 (attempts): lost");
    }

    @Test
    void a_flood_of_calls_without_a_retry_is_one_line_and_the_rest_is_for_debug() {
        for (int i = 0; i < 1000; i++) {
            log.gaveUp(1, GaveUp.BUDGET, failure);
        }

        assertThat(lines.at(Level.WARN)).containsExactly("pool 'primary': given up after attempt 1 (budget): lost");
        assertThat(lines.at(Level.DEBUG)).hasSize(999);
    }

    @Test
    void a_line_says_how_many_were_held_back_since_the_last_one_and_forgets_them() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 5; i++) {
                log.gaveUp(1, GaveUp.BUDGET, failure);
            }
            patience.passes(Duration.ofSeconds(10));
        }

        String others = ", and 4 calls likewise since the last such line";
        assertThat(lines.at(Level.WARN))
                .containsExactly(
                        "pool 'primary': given up after attempt 1 (budget): lost",
                        "pool 'primary': given up after attempt 1 (budget)" + others + ": lost",
                        "pool 'primary': given up after attempt 1 (budget)" + others + ": lost");
    }

    @Test
    void until_ten_seconds_have_passed_there_is_no_other_line() {
        log.gaveUp(1, GaveUp.BUDGET, failure);
        patience.passes(Duration.ofSeconds(10).minusNanos(1));
        log.gaveUp(1, GaveUp.BUDGET, failure);

        assertThat(lines.at(Level.WARN)).hasSize(1);
    }
}

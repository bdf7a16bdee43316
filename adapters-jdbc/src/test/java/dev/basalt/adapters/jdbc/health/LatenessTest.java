package dev.basalt.adapters.jdbc.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.TimedOut;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a database counts as silent, so that whoever hangs on it is let go. */
final class LatenessTest {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Lateness lateness = new Lateness();

    @Test
    void a_heartbeat_that_is_not_answered_is_silence() {
        lateness.beatBegan();
        look(49);
        assertThat(lateness.isSilent(LIMIT)).isFalse();
        look(1);

        assertThat(lateness.isSilent(LIMIT)).isTrue();
    }

    @Test
    void heartbeats_that_reach_nobody_add_up_to_silence() {
        for (int beat = 0; beat < 5; beat++) {
            lateness.beatBegan();
            look(5);
            lateness.failed(failure("08001"));
            lateness.beatEnded();
            look(5);
        }

        assertThat(lateness.isSilent(LIMIT)).isTrue();
    }

    @Test
    void what_the_server_itself_refuses_is_no_silence() {
        for (int beat = 0; beat < 20; beat++) {
            lateness.beatBegan();
            look(2);
            lateness.failed(failure("53300"));
            lateness.beatEnded();
            look(2);
        }

        assertThat(lateness.isSilent(LIMIT)).isFalse();
    }

    @Test
    void between_heartbeats_that_were_answered_there_is_no_silence_however_seldom_they_are() {
        lateness.beatBegan();
        look(40);
        lateness.heard();
        lateness.beatEnded();
        look(600);
        lateness.beatBegan();
        look(20);

        assertThat(lateness.isSilent(LIMIT)).isFalse();
    }

    @Test
    void what_the_server_itself_refuses_is_no_silence_though_nobody_looks_between_the_heartbeats() {
        for (int beat = 0; beat < 20; beat++) {
            lateness.beatBegan();
            look(4);
            lateness.failed(failure("53300"));
            lateness.beatEnded();
        }

        assertThat(lateness.isSilent(LIMIT)).isFalse();
    }

    @Test
    void heartbeats_that_nobody_answered_in_time_add_up_to_silence() {
        for (int beat = 0; beat < 5; beat++) {
            lateness.beatBegan();
            look(5);
            lateness.failed(new TimedOut("nobody answers", null));
            lateness.beatEnded();
            look(5);
        }

        assertThat(lateness.isSilent(LIMIT)).isTrue();
    }

    @Test
    void each_heartbeat_has_its_own_time_though_it_follows_at_once() {
        lateness.beatBegan();
        look(49);
        lateness.heard();
        lateness.beatEnded();
        lateness.beatBegan();
        look(1);

        assertThat(lateness.unanswered()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void callers_have_waited_since_the_last_look_that_found_none() {
        lateness.look(Duration.ofSeconds(2), true);
        lateness.look(Duration.ofSeconds(1), true);
        assertThat(lateness.callersWaited()).isEqualTo(Duration.ofSeconds(3));

        lateness.look(Duration.ofSeconds(1), false);
        assertThat(lateness.callersWaited()).isZero();
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            lateness.look(Duration.ofMillis(100), false);
        }
    }

    private static DatabaseFailure failure(String state) {
        return new ConnectionFailed("no", new SQLException("no", state));
    }
}

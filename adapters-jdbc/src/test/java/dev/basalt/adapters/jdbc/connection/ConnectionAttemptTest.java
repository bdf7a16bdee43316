package dev.basalt.adapters.jdbc.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/** What an attempt leaves behind where not even its thread begins. */
final class ConnectionAttemptTest {

    @Test
    void an_attempt_that_gets_no_thread_has_failed_and_keeps_nothing() throws Exception {
        var places = new Semaphore(1);
        places.acquire();
        var full = new OutOfMemoryError("unable to create native thread");

        var attempt = ConnectionAttempt.start(
                "primary",
                () -> {
                    throw new SQLException("nobody connects");
                },
                places::release,
                thread -> {
                    throw full;
                });

        assertThat(places.availablePermits()).isOne();
        assertThat(attempt.isOver()).isTrue();
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> attempt.taken().close())
                .withMessage("pool 'primary': there is no thread to connect on")
                .withCause(full)
                .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("08001"));
        attempt.giveUp();
        attempt.awaitEnd(Duration.ofMinutes(10));
    }
}

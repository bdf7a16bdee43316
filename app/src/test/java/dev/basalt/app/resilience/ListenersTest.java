package dev.basalt.app.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenersTest {

    @Test
    void a_listener_that_throws_does_not_keep_the_others_from_listening() {
        var before = new Story();
        var after = new Story();
        var faulty = new ResilienceListener() {
            @Override
            public void retried(String pool, int attempt, DatabaseFailure failure) {
                throw new IllegalStateException("a defect");
            }
        };
        var listeners = new Listeners(List.of(before, faulty, after));
        var failure = new ConnectionFailed("lost", null);

        listeners.retried("primary", 1, failure);
        listeners.recovered("primary", 2);
        listeners.gaveUp("primary", 3, GaveUp.ATTEMPTS, failure);
        listeners.failed("primary", failure);
        listeners.circuitChanged("primary", CircuitState.CLOSED, CircuitState.OPEN);

        assertThat(after.lines())
                .containsExactly(
                        "primary: attempt 1: ConnectionFailed",
                        "primary: recovered in attempt 2",
                        "primary: gave up after attempt 3, ATTEMPTS: ConnectionFailed",
                        "primary: failed: ConnectionFailed",
                        "primary: closed -> open");
        assertThat(before.lines()).isEqualTo(after.lines());
    }
}

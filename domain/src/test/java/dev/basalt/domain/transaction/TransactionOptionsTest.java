package dev.basalt.domain.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransactionOptionsTest {

    @Test
    void both_starting_points_are_read_committed_join_have_no_timeout_and_are_run_once() {
        assertThat(TransactionOptions.READ)
                .isEqualTo(new TransactionOptions(Access.READ, Isolation.READ_COMMITTED, Nesting.JOIN, null, 1, false));
        assertThat(TransactionOptions.WRITE)
                .isEqualTo(
                        new TransactionOptions(Access.WRITE, Isolation.READ_COMMITTED, Nesting.JOIN, null, 1, false));
    }

    @Test
    void changing_one_option_keeps_the_others() {
        TransactionOptions options = TransactionOptions.WRITE
                .asIdempotent()
                .withTimeout(Duration.ofSeconds(3))
                .withAttempt(2)
                .withIsolation(Isolation.SERIALIZABLE)
                .withNesting(Nesting.SAVEPOINT);

        assertThat(options)
                .isEqualTo(new TransactionOptions(
                        Access.WRITE, Isolation.SERIALIZABLE, Nesting.SAVEPOINT, Duration.ofSeconds(3), 2, true));
        assertThat(TransactionOptions.WRITE.timeout()).isNull();
    }

    @Test
    void a_timeout_is_a_millisecond_at_least() {
        assertThat(TransactionOptions.READ.withTimeout(Duration.ofMillis(1)).timeout())
                .hasMillis(1);
        for (Duration bad : List.of(Duration.ZERO, Duration.ofNanos(999_999), Duration.ofSeconds(-1))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> TransactionOptions.READ.withTimeout(bad))
                    .withMessageContaining(bad.toString())
                    .withMessageContaining("1 ms");
        }
    }

    @Test
    void attempts_are_counted_from_one() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TransactionOptions.READ.withAttempt(0))
                .withMessageContaining("0")
                .withMessageContaining("1 or more");
    }

    @Test
    void isolations_are_ordered_by_strength() {
        List<Isolation> ascending =
                List.of(Isolation.READ_COMMITTED, Isolation.REPEATABLE_READ, Isolation.SERIALIZABLE);

        assertThat(ascending).containsExactly(Isolation.values());
        for (Isolation one : ascending) {
            for (Isolation other : ascending) {
                assertThat(one.strongerThan(other))
                        .as("%s stronger than %s", one, other)
                        .isEqualTo(ascending.indexOf(one) > ascending.indexOf(other));
            }
        }
    }
}

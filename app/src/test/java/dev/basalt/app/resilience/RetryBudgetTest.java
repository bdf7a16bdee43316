package dev.basalt.app.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    @Test
    void the_reserve_is_there_from_the_start_and_is_spent_once() {
        var budget = new RetryBudget(10, 4);

        assertThat(retries(budget, 100)).isEqualTo(4);
    }

    @Test
    void ten_calls_earn_one_retry() {
        var budget = new RetryBudget(10, 4);
        var _ = retries(budget, 4);

        calls(budget, 9);
        assertThat(budget.takeRetry()).isFalse();
        calls(budget, 1);
        assertThat(budget.takeRetry()).isTrue();
        assertThat(budget.takeRetry()).isFalse();
    }

    @Test
    void good_times_fill_it_up_to_the_reserve_only() {
        var budget = new RetryBudget(10, 4);
        calls(budget, 10_000);

        assertThat(retries(budget, 100)).isEqualTo(4);
    }

    @Test
    void in_an_outage_a_tenth_of_the_calls_is_tried_again_beside_the_reserve() {
        var budget = new RetryBudget(10, 4);

        long made = IntStream.range(0, 1000)
                .filter(_ -> {
                    budget.called();
                    return budget.takeRetry();
                })
                .count();

        assertThat(made).isBetween(100L, 104L);
    }

    @Test
    void without_a_share_there_is_no_retry_at_all() {
        var budget = new RetryBudget(0, 4);
        calls(budget, 1000);

        assertThat(budget.takeRetry()).isFalse();
    }

    private static void calls(RetryBudget budget, int count) {
        for (int i = 0; i < count; i++) {
            budget.called();
        }
    }

    private static long retries(RetryBudget budget, int wanted) {
        return IntStream.range(0, wanted).filter(_ -> budget.takeRetry()).count();
    }
}

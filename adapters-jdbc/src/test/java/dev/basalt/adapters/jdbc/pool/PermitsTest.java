package dev.basalt.adapters.jdbc.pool;

import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.basalt.contract.Caller;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PermitsTest {

    private final Permits permits = new Permits(2);

    @Test
    void permits_that_are_free_are_given_at_once() throws InterruptedException {
        assertThat(permits.tryAcquire(1, 0, SECONDS)).isTrue();
        assertThat(permits.tryAcquire(1, 0, SECONDS)).isTrue();
        assertThat(permits.tryAcquire(1, 0, SECONDS)).isFalse();
        assertThat(permits.tryAcquire(1, 10, MILLISECONDS)).isFalse();

        permits.release(1);

        assertThat(permits.tryAcquire(1, 0, SECONDS)).isTrue();
    }

    @Test
    void nobody_who_asks_for_few_passes_one_who_waits_for_many() throws InterruptedException {
        assertThat(permits.tryAcquire(1, 0, SECONDS)).isTrue();
        Caller<Boolean> many = waiting(2);

        assertThat(permits.tryAcquire(1, 0, SECONDS)).isFalse();
        permits.release(1);

        assertThat(many.answer()).isTrue();
    }

    @Test
    void who_gives_up_waiting_for_many_makes_way_for_those_who_wait_for_few() throws InterruptedException {
        assertThat(permits.tryAcquire(1, 0, SECONDS)).isTrue();
        Caller<Boolean> many = waiting(2);
        Caller<Boolean> few = Caller.start(() -> permits.tryAcquire(1, 30, SECONDS));

        many.interrupt();

        assertThat(many.failure()).isInstanceOf(InterruptedException.class);
        assertThat(few.answer()).isTrue();
    }

    @Test
    void those_who_wait_can_be_sent_away() throws InterruptedException {
        assertThat(permits.tryAcquire(2, 0, SECONDS)).isTrue();
        Caller<Boolean> one = waiting(1);

        permits.sendAway();

        assertThat(one.answer()).isFalse();
        permits.release(2);
        assertThat(permits.tryAcquire(2, 0, SECONDS)).isTrue();
    }

    @Test
    void nothing_is_lost_between_those_who_get_permits_and_those_who_give_up() throws InterruptedException {
        List<Caller<Integer>> callers = Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 16; i++) {
            int count = i % 2 + 1;
            callers.add(Caller.start(() -> {
                int given = 0;
                for (int turn = 0; turn < 200; turn++) {
                    if (permits.tryAcquire(count, 1, MILLISECONDS)) {
                        given++;
                        Thread.onSpinWait();
                        permits.release(count);
                    }
                }
                return given;
            }));
        }

        assertThat(callers.stream().mapToInt(Caller::answer).sum()).isPositive();
        assertThat(permits.tryAcquire(2, 0, SECONDS)).isTrue();
        assertThat(permits.tryAcquire(1, 0, SECONDS)).isFalse();
    }

    /** Waits in vain for now, and is in the queue when this returns. */
    private Caller<Boolean> waiting(int count) {
        int before = permits.waiting();
        Caller<Boolean> caller = Caller.start(() -> permits.tryAcquire(count, 30, SECONDS));
        await().until(() -> permits.waiting() == before + 1);
        return caller;
    }

    @Test
    void nobody_begins_to_wait_where_nobody_is_admitted() throws InterruptedException {
        var permits = new Permits(0);

        assertThat(permits.tryAcquire(1, 1, HOURS, () -> false)).isFalse();
        assertThat(permits.waiting()).isZero();
    }
}

package dev.basalt.chaos.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WatchTest {

    @Test
    void a_look_that_hangs_when_the_watch_is_closed_is_kept_with_the_time_that_it_had_taken() throws Exception {
        var hanging = new CountDownLatch(1);
        var watch = new Watch<>("hanging", 0, () -> {
            hanging.countDown();
            return hangs();
        });
        hanging.await();

        long closing = System.nanoTime();
        watch.close();

        assertThat(watch.samples()).hasSize(1).allSatisfy(sample -> {
            assertThat(sample.seen()).isEqualTo("cut");
            assertThat(sample.start()).isLessThanOrEqualTo(closing);
            assertThat(sample.end()).isGreaterThanOrEqualTo(closing);
        });
    }

    @Test
    void nobody_looks_any_more_when_the_watch_is_closed() throws Exception {
        var looking = new AtomicBoolean();
        var begun = new CountDownLatch(1);
        var watch = new Watch<>("looking", 0, () -> {
            looking.set(true);
            begun.countDown();
            String seen = hangs();
            looking.set(false);
            return seen;
        });
        begun.await();

        watch.close();

        assertThat(looking).isFalse();
    }

    /** Until it is interrupted. */
    private static String hangs() {
        try {
            new CountDownLatch(1).await();
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "cut";
        }
    }
}

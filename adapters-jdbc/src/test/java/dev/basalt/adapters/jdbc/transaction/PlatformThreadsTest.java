package dev.basalt.adapters.jdbc.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.basalt.contract.Caller;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PlatformThreadsTest {

    private final PlatformThreads threads = new PlatformThreads("primary", "test", 1);

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void a_call_from_a_virtual_thread_moves_and_one_from_a_platform_thread_stays() throws Exception {
        assertThat(Caller.start(() -> threads.call(() -> Thread.currentThread().isVirtual()))
                        .answer())
                .isFalse();
        assertThat(threads.call(Thread::currentThread)).isEqualTo(Thread.currentThread());
    }

    @Test
    void what_the_work_throws_comes_out() {
        var thrown = new IOException("expected");

        assertThat(Caller.start(() -> threads.call(() -> {
                            throw thrown;
                        }))
                        .failure())
                .isSameAs(thrown);
    }

    @Test
    void an_interrupt_of_the_caller_reaches_the_work_and_the_next_work_is_not_interrupted() {
        var inside = new CountDownLatch(1);
        var caller = Caller.start(() -> threads.call(() -> {
            inside.countDown();
            new CountDownLatch(1).await();
            return true;
        }));
        await().until(() -> inside.getCount() == 0);

        caller.interrupt();

        assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
        assertThat(Caller.start(() -> threads.call(() -> Thread.currentThread().isInterrupted()))
                        .answer())
                .isFalse();
    }

    @Test
    void closing_ends_the_wait_of_those_who_never_got_a_thread() {
        var inside = new CountDownLatch(1);
        var first = Caller.start(() -> threads.call(() -> {
            inside.countDown();
            new CountDownLatch(1).await();
            return true;
        }));
        await().until(() -> inside.getCount() == 0);
        var queued = new CountDownLatch(1);
        var second = Caller.start(() -> {
            queued.countDown();
            return threads.call(() -> true);
        });
        await().until(() -> queued.getCount() == 0);

        threads.close();

        assertThat(first.failure()).isInstanceOf(InterruptedException.class);
        assertThat(second.failure()).isInstanceOf(ConnectionFailed.class);
        assertThat(Caller.start(() -> threads.call(() -> true)).failure()).isInstanceOf(ConnectionFailed.class);
    }

    @Test
    void a_platform_thread_works_on_after_the_close() {
        threads.close();

        assertThat(threads.<Boolean, RuntimeException>call(() -> true)).isTrue();
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> threads.call(() -> {
                    throw new IOException("expected");
                }));
    }
}

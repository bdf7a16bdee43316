package dev.basalt.adapters.jdbc.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.basalt.adapters.jdbc.connection.Connector;
import dev.basalt.contract.Caller;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That an attempt which hangs keeps no other one waiting, and that nothing is left of those that come too late. */
@Timeout(120)
final class ReconnectingTest {

    private static final Duration SOON = Duration.ofMillis(50);

    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch releasedLater = new CountDownLatch(1);
    private final CountDownLatch releasedAtTheEnd = new CountDownLatch(1);

    @AfterEach
    void release_all() {
        released.countDown();
        releasedLater.countDown();
        releasedAtTheEnd.countDown();
    }

    @Test
    void while_one_attempt_hangs_the_next_one_succeeds_and_the_late_one_is_closed() throws Exception {
        var reconnecting = new Reconnecting("primary", attempts(Fate.HANGS, Fate.SUCCEEDS));

        try (Connection connection = reconnecting.connect()) {
            assertThat(connection).isNotNull();
            assertThat(begun).hasValue(2);
            assertThat(closed).hasValue(0);
            released.countDown();
            await().untilAsserted(() -> assertThat(closed).hasValue(1));
        }
    }

    @Test
    void an_attempt_that_fails_is_told_at_once() {
        var reconnecting = new Reconnecting("primary", attempts(Fate.FAILS));

        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(reconnecting::connect)
                .withMessage("attempt 1");
    }

    @Test
    void an_attempt_of_an_earlier_call_that_succeeds_is_taken() throws Exception {
        var reconnecting = new Reconnecting("primary", attempts(Fate.HANGS, Fate.FAILS, Fate.HANGS_LONGER));
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(reconnecting::connect)
                .withMessage("attempt 2");

        var caller = Caller.startOnPlatformThread(reconnecting::connect);
        await().until(() -> begun.get() >= 3);
        released.countDown();

        try (Connection connection = caller.answer()) {
            assertThat(connection).isNotNull();
        }
    }

    @Test
    void an_attempt_of_an_earlier_call_that_fails_says_nothing() throws Exception {
        var reconnecting = new Reconnecting("primary", attempts(Fate.HANGS_THEN_FAILS, Fate.FAILS, Fate.HANGS_LONGER));
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(reconnecting::connect)
                .withMessage("attempt 2");

        var caller = Caller.startOnPlatformThread(reconnecting::connect);
        await().until(() -> begun.get() >= 3);
        released.countDown();
        await().until(() -> failed.get() == 2);
        releasedLater.countDown();

        try (Connection connection = caller.answer()) {
            assertThat(connection).isNotNull();
        }
    }

    @Test
    void while_nobody_who_takes_writes_answers_each_server_is_tried_and_one_that_does_is_preferred() throws Exception {
        Connector silent = attempts(Fate.HANGS);
        Connector gone = () -> {
            failed.incrementAndGet();
            throw new SQLException("gone");
        };
        Connection readOnly = connection();
        Connection writable = connection();
        Set<Connection> writables = Collections.newSetFromMap(new IdentityHashMap<>());
        writables.add(writable);
        var slow = new CountDownLatch(1);
        Connector late = () -> {
            hang(slow);
            return writable;
        };
        var reconnecting = new Reconnecting(
                "primary", new Routes(silent, List.of(silent, gone, () -> readOnly, late)), SOON, writables::contains);

        assertThat(reconnecting.connect()).isSameAs(readOnly);
        assertThat(failed).as("what is not told").hasValue(1);

        slow.countDown();
        assertThat(reconnecting.connect()).isSameAs(writable);
        await("the one that came too late is closed, and the one that was kept back")
                .until(() -> closed.get() == 2);
    }

    @Test
    void an_attempt_of_this_call_that_fails_is_told_also_after_one_of_an_earlier_call_has_failed() {
        var reconnecting = new Reconnecting(
                "primary",
                attempts(Fate.HANGS_THEN_FAILS, Fate.FAILS, Fate.HANGS_LONGER_THEN_FAILS, Fate.HANGS_TO_THE_END));
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(reconnecting::connect)
                .withMessage("attempt 2");

        var caller = Caller.startOnPlatformThread(reconnecting::connect);
        await().until(() -> begun.get() >= 3);
        released.countDown();
        await().until(() -> failed.get() == 2);
        int before = begun.get();
        await().until(() -> begun.get() > before);
        releasedLater.countDown();

        assertThat(caller.failure()).isInstanceOf(SQLException.class).hasMessage("attempt 3");
    }

    @Test
    void there_are_never_more_than_a_few_attempts_at_the_same_time() throws Exception {
        var reconnecting = new Reconnecting("primary", attempts(Fate.HANGS));
        var caller = Caller.startOnPlatformThread(reconnecting::connect);
        await().until(() -> begun.get() == Reconnecting.MOST);

        caller.interrupt();

        assertThat(caller.failure()).isInstanceOf(InterruptedException.class);
        released.countDown();
        try (Connection connection = reconnecting.connect()) {
            assertThat(connection).isNotNull();
            await("all others have come to nothing").until(() -> closed.get() == Reconnecting.MOST - 1);
            assertThat(begun).as("another call begins no more either").hasValue(Reconnecting.MOST);
        }
    }

    @Test
    void a_close_ends_the_wait() {
        var reconnecting = new Reconnecting("primary", attempts(Fate.HANGS));
        var caller = Caller.startOnPlatformThread(reconnecting::connect);
        await().until(() -> begun.get() >= 1);

        reconnecting.close();

        assertThat(caller.failure()).isInstanceOf(SQLException.class).hasMessage("pool 'primary' is closed");
        released.countDown();
        await().until(() -> closed.get() == begun.get());
    }

    /** Attempts that end like this, all after the last one like the last one. */
    private Connector attempts(Fate... fates) {
        return () -> {
            int number = begun.incrementAndGet();
            Fate fate = fates[Math.min(number, fates.length) - 1];
            if (fate == Fate.HANGS || fate == Fate.HANGS_THEN_FAILS) {
                hang(released);
            } else if (fate == Fate.HANGS_LONGER || fate == Fate.HANGS_LONGER_THEN_FAILS) {
                hang(releasedLater);
            } else if (fate == Fate.HANGS_TO_THE_END) {
                hang(releasedAtTheEnd);
            }
            if (fate == Fate.FAILS || fate == Fate.HANGS_THEN_FAILS || fate == Fate.HANGS_LONGER_THEN_FAILS) {
                failed.incrementAndGet();
                throw new SQLException("attempt " + number);
            }
            return connection();
        };
    }

    private static void hang(CountDownLatch release) throws SQLException {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException(e);
        }
    }

    private Connection connection() {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        closed.incrementAndGet();
                    }
                    return null;
                });
    }

    private enum Fate {
        SUCCEEDS,
        FAILS,
        HANGS,
        HANGS_THEN_FAILS,
        HANGS_LONGER,
        HANGS_LONGER_THEN_FAILS,
        HANGS_TO_THE_END
    }
}

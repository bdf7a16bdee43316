package dev.basalt.adapters.jdbc.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.basalt.adapters.jdbc.connection.Connector;
import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.PermissionDenied;
import dev.basalt.domain.failure.DatabaseFailure.ReadOnly;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** That a trial write keeps nobody waiting, is made one at a time, and hangs no longer than it may. */
@Timeout(120)
final class TrialWriteTest {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final AtomicInteger connected = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger writing = new AtomicInteger();
    private final AtomicInteger abandoned = new AtomicInteger();
    private final Queue<ReadOnly> refused = new ConcurrentLinkedQueue<>();
    private final Queue<Boolean> passed = new ConcurrentLinkedQueue<>();
    private volatile DatabaseFailure answer = new ReadOnly("no writes", null);
    private volatile boolean takesWrites = true;
    private final CountDownLatch connecting = new CountDownLatch(1);
    private final CountDownLatch written = new CountDownLatch(1);
    private final TrialWrite trial =
            new TrialWrite("primary", connector(), dialect(), LIMIT, passed::add, refused::add);

    @AfterEach
    void release_all() {
        connecting.countDown();
        written.countDown();
        trial.close();
    }

    @Test
    void who_asks_for_a_trial_does_not_wait_for_a_server_that_hangs() {
        trial.start();

        trial.ask();
        trial.look(LIMIT);

        await().until(() -> connected.get() >= 1);
        assertThat(writing).hasValue(0);
        assertThat(abandoned).as("the connector bounds how long it connects").hasValue(0);
        trial.close();
        connecting.countDown();
        await().until(() -> closed.get() == connected.get());
    }

    @Test
    void what_is_asked_for_during_a_trial_is_one_more_after_it() {
        connecting.countDown();
        trial.start();
        trial.ask();
        await().until(() -> writing.get() == 1);

        trial.ask();
        trial.ask();
        assertThat(connected).as("one at a time").hasValue(1);
        written.countDown();

        await().until(() -> refused.size() == 2);
        assertThat(writing).hasValue(2);
        await().until(() -> closed.get() == 2);
    }

    @Test
    void a_write_that_hangs_is_given_up_when_its_time_is_over() {
        connecting.countDown();
        trial.start();
        trial.ask();
        await().until(() -> writing.get() == 1);

        trial.look(LIMIT.dividedBy(2));
        assertThat(abandoned).hasValue(0);
        trial.look(LIMIT.dividedBy(2));

        assertThat(abandoned).hasValue(1);
        await().until(() -> closed.get() == 1);
    }

    @Test
    void a_server_that_is_known_to_take_no_writes_is_not_tried() {
        takesWrites = false;
        connecting.countDown();
        trial.start();
        trial.ask();

        await().until(() -> refused.size() == 1);
        assertThat(writing).hasValue(0);
        await().until(() -> closed.get() == 1);
    }

    @Test
    void a_table_that_cannot_be_used_says_nothing_against_writes() {
        answer = new PermissionDenied("not yours", null);
        connecting.countDown();
        written.countDown();
        trial.start();
        trial.ask();

        await().until(() -> passed.size() == 1);
        assertThat(passed).containsExactly(false);
        assertThat(refused).isEmpty();
        assertThat(trial.isUndecided()).isFalse();
    }

    @Test
    void a_trial_that_found_out_nothing_can_be_asked_for_again_but_not_while_it_lasts() {
        answer = new ConnectionFailed("gone", null);
        connecting.countDown();
        trial.start();
        trial.ask();
        await().until(() -> writing.get() == 1);
        trial.askAgain();
        written.countDown();
        await().until(() -> closed.get() == 1);
        assertThat(trial.isUndecided()).isTrue();

        await().until(() -> {
            trial.askAgain();
            return writing.get() == 2;
        });
    }

    @Test
    void a_close_ends_the_trial_under_way() {
        connecting.countDown();
        trial.start();
        trial.ask();
        await().until(() -> writing.get() == 1);

        trial.close();

        assertThat(abandoned).hasValue(1);
        await().until(() -> closed.get() == 1);
    }

    private Connector connector() {
        return () -> {
            connected.incrementAndGet();
            hang(connecting);
            return proxy(Connection.class, (_, method, _) -> {
                if (method.getName().equals("close")) {
                    closed.incrementAndGet();
                }
                return null;
            });
        };
    }

    /** One that hangs when it is asked for the table, and then refuses to write. */
    private Dialect dialect() {
        return proxy(Dialect.class, (_, method, _) -> switch (method.getName()) {
            case "hasTable" -> {
                writing.incrementAndGet();
                hang(written);
                throw new SQLException("no writes");
            }
            case "takesWrites" -> takesWrites;
            case "translate" -> answer;
            case "abandon" -> {
                abandoned.incrementAndGet();
                written.countDown();
                yield null;
            }
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static void hang(CountDownLatch release) throws SQLException {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException(e);
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}

package dev.basalt.adapters.sqlite;

import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.basalt.contract.BackendFixture;
import dev.basalt.contract.Caller;
import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure.TimedOut;
import dev.basalt.ports.Backend;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls into SQLite block in native code: they are kept off the threads that carry virtual ones. */
@Timeout(120)
final class SqliteThreadsTest {

    private final BackendFixture fixture = new BackendFixture(new SqliteFileTestDatabase());

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    @Test
    void slow_queries_of_virtual_threads_leave_the_other_virtual_threads_alone() throws InterruptedException {
        int queries = 2 * Runtime.getRuntime().availableProcessors();
        Backend backend = fixture.open(Limits.connections(queries));
        var inside = new AtomicInteger();
        var callers = IntStream.range(0, queries)
                .mapToObj(i -> Caller.start(() -> backend.transactions()
                        .inTransaction(READ.withTimeout(Duration.ofSeconds(8)), transaction -> {
                            inside.incrementAndGet();
                            return SqliteStatements.query(backend, SqliteTimeoutTest.ENDLESS);
                        })))
                .toList();
        await().until(() -> inside.get() == queries);
        var others = new CountDownLatch(100);

        for (int i = 0; i < 100; i++) {
            Thread.startVirtualThread(others::countDown);
        }

        assertThat(others.await(Caller.PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
        assertThat(callers).as("the queries still run").noneMatch(Caller::isDone);
        assertThat(callers).allSatisfy(caller -> assertThat(caller.failure()).isInstanceOf(TimedOut.class));
    }

    @Test
    void work_runs_on_a_platform_thread_whoever_calls() {
        Backend backend = fixture.open();

        Caller<Boolean> fromVirtual = Caller.start(() -> runsOnVirtualThread(backend));
        Caller<Boolean> fromPlatform = Caller.startOnPlatformThread(() -> runsOnVirtualThread(backend));

        assertThat(fromVirtual.answer()).isFalse();
        assertThat(fromPlatform.answer()).isFalse();
    }

    private static boolean runsOnVirtualThread(Backend backend) {
        return backend.transactions()
                .inTransaction(READ, transaction -> Thread.currentThread().isVirtual());
    }
}

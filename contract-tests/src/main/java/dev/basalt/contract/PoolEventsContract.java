package dev.basalt.contract;

import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a {@link BackendListener} is told of callers and heartbeats. */
@Timeout(120)
public abstract class PoolEventsContract {

    private final TestDatabase database;
    private final BackendFixture fixture;

    protected PoolEventsContract(TestDatabase database) {
        this.database = database;
        this.fixture = new BackendFixture(database);
    }

    @BeforeEach
    void be_patient() {
        Awaitility.setDefaultTimeout(Caller.PATIENCE);
    }

    @AfterEach
    void close_the_backends() {
        fixture.close();
        Awaitility.reset();
    }

    @Test
    void each_caller_is_told_of_once_when_it_gets_its_connection_and_once_when_it_gives_it_back() {
        var events = new Events();
        Backend backend = fixture.open(Limits.connections(2), events);

        for (int i = 0; i < 3; i++) {
            int before = i;
            backend.transactions().inTransaction(READ, transaction -> {
                assertThat(events.waited).hasSize(before + 1);
                return assertThat(events.used).hasSize(before);
            });
        }

        assertThat(events.waited).hasSize(3).noneMatch(Duration::isNegative);
        assertThat(events.used).hasSize(3).allMatch(Duration::isPositive);
        assertThat(events.pools).containsOnly(DatabaseSettings.PRIMARY);
    }

    @Test
    void the_time_that_a_caller_waits_and_the_time_that_it_has_the_connection_are_apart() throws Exception {
        var events = new Events();
        Backend backend = fixture.open(Limits.connections(1), events);
        Caller<Long> caller;
        long begin;

        try (var _ = Occupants.enter(database, backend, 1)) {
            caller = Caller.start(() -> fixture.readNumber(backend, "SELECT 1"));
            await().until(() -> backend.pool().stats().waiting() == 1);
            begin = System.nanoTime();
            await().until(() ->
                    System.nanoTime() - begin > Duration.ofMillis(100).toNanos());
        }

        assertThat(caller.answer()).isOne();
        assertThat(events.waited.getLast()).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        await().untilAsserted(() -> assertThat(events.used).hasSize(2));
        assertThat(events.used.getFirst()).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    }

    @Test
    void each_heartbeat_that_is_answered_is_told_with_its_time() {
        var events = new Events();
        fixture.open(Limits.connections(1), events);

        await().until(() -> events.answered.size() >= 3);

        assertThat(events.answered).allMatch(Duration::isPositive);
    }

    @Test
    void what_a_listener_throws_harms_nothing() {
        var events = new Events() {
            @Override
            void happened(String pool, List<Duration> kind, Duration took) {
                super.happened(pool, kind, took);
                throw new IllegalStateException("told of " + took);
            }
        };
        Backend backend = fixture.open(Limits.connections(1), events);

        assertThat(fixture.readNumber(backend, "SELECT 1")).isOne();
        assertThat(fixture.readNumber(backend, "SELECT 2")).isEqualTo(2);

        await().until(() -> events.answered.size() >= 2);
        assertThat(events.waited).hasSize(2);
        assertThat(events.used).hasSize(2);
        await().until(() -> backend.pool().stats().active() == 0);
    }

    private static class Events implements BackendListener {
        final List<String> pools = new CopyOnWriteArrayList<>();
        final List<Duration> waited = new CopyOnWriteArrayList<>();
        final List<Duration> used = new CopyOnWriteArrayList<>();
        final List<Duration> answered = new CopyOnWriteArrayList<>();

        void happened(String pool, List<Duration> kind, Duration took) {
            pools.add(pool);
            kind.add(took);
        }

        @Override
        public void connectionAcquired(String pool, Duration waitedFor) {
            happened(pool, waited, waitedFor);
        }

        @Override
        public void connectionReleased(String pool, Duration usedFor) {
            happened(pool, used, usedFor);
        }

        @Override
        public void heartbeatAnswered(String pool, Duration took) {
            happened(pool, answered, took);
        }
    }
}

package dev.basalt.contract;

import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.basalt.domain.failure.DatabaseFailure.TimedOut;
import dev.basalt.domain.pool.Holder;
import dev.basalt.domain.pool.Role;
import dev.basalt.ports.Backend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** Who a pool says has its connections. */
@Timeout(120)
public abstract class HoldersContract {

    private static final String REQUEST_ID = "request_id";

    private final TestDatabase database;
    private final BackendFixture fixture;

    protected HoldersContract(TestDatabase database) {
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
        MDC.remove(REQUEST_ID);
        Awaitility.reset();
    }

    @Test
    void nobody_holds_a_connection_of_a_pool_that_nobody_uses() {
        Backend backend = fixture.open(Limits.connections(2));
        assertThat(fixture.readNumber(backend, "SELECT 1")).isOne();

        await().until(() -> backend.pool().holders().isEmpty());
    }

    @Test
    void a_holder_is_known_by_its_thread_and_its_request_exactly_while_it_holds() {
        Backend backend = fixture.open(Limits.connections(2));
        MDC.put(REQUEST_ID, "request-7");
        Instant before = Instant.now();

        List<Holder> holders = backend.transactions()
                .inTransaction(WRITE, transaction -> backend.pool().holders());

        assertThat(holders).singleElement().satisfies(holder -> {
            assertThat(holder.thread()).isEqualTo(Thread.currentThread().getName());
            assertThat(holder.requestId()).isEqualTo("request-7");
            assertThat(holder.since()).isBetween(before, Instant.now());
            assertThat(holder.role()).isIn(Role.SHARED, Role.WRITER);
        });
        await().until(() -> backend.pool().holders().isEmpty());
    }

    @Test
    void a_holder_that_works_for_no_request_has_none() {
        Backend backend = fixture.open(Limits.connections(2));

        List<Holder> holders = backend.transactions()
                .inTransaction(READ, transaction -> backend.pool().holders());

        assertThat(holders).singleElement().satisfies(holder -> {
            assertThat(holder.requestId()).isNull();
            assertThat(holder.role()).isIn(Role.SHARED, Role.READER);
        });
    }

    @Test
    void a_holder_on_a_virtual_thread_has_a_name_too() {
        Backend backend = fixture.open(Limits.connections(2));

        List<Holder> holders = Caller.start(() -> backend.transactions()
                        .inTransaction(READ, transaction -> backend.pool().holders()))
                .answer();

        assertThat(holders)
                .singleElement()
                .satisfies(holder -> assertThat(holder.thread()).isNotEmpty());
    }

    @Test
    void holders_come_in_the_order_in_which_they_got_their_connections() throws InterruptedException {
        Backend backend = fixture.open(Limits.connections(3));

        try (var _ = Occupants.enter(database, backend, 3)) {
            assertThat(backend.pool().holders())
                    .hasSize(3)
                    .isSortedAccordingTo((one, other) -> one.since().compareTo(other.since()));
        }

        await().until(() -> backend.pool().holders().isEmpty());
    }

    @Test
    void a_holder_shows_its_statement_while_that_runs_and_none_between() {
        Backend backend = fixture.open(Limits.queryTimeout(Duration.ofSeconds(3)));
        String slow =
                "WITH RECURSIVE forever(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM forever) SELECT count(*) FROM forever";

        var caller = Caller.start(() -> backend.transactions().inTransaction(READ, transaction -> {
            database.query(backend, "SELECT 1");
            assertThat(backend.pool().holders())
                    .singleElement()
                    .satisfies(holder -> assertThat(holder.statement()).isNull());
            return database.query(backend, slow);
        }));

        await().until(() -> backend.pool().holders().stream().anyMatch(holder -> slow.equals(holder.statement())));
        assertThat(caller.failure()).isInstanceOf(TimedOut.class);
        await().until(() -> backend.pool().holders().isEmpty());
    }

    /** A commit takes no longer than it takes, so some are made until one is seen. */
    @Test
    void a_holder_that_commits_shows_that() {
        Backend backend = fixture.open(Limits.connections(2));
        fixture.write(backend, "CREATE TABLE item (id BIGINT)");
        var seen = new AtomicBoolean();
        var writer = Caller.start(() -> {
            while (!seen.get()) {
                fixture.write(backend, "INSERT INTO item VALUES (1)");
            }
            return true;
        });

        try {
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() ->
                            backend.pool().holders().stream().anyMatch(holder -> "COMMIT".equals(holder.statement())));
        } finally {
            seen.set(true);
        }
        assertThat(writer.answer()).isTrue();
    }

    @Test
    void of_a_long_statement_a_holder_shows_the_beginning() {
        Backend backend = fixture.open(Limits.queryTimeout(Duration.ofSeconds(3)));
        String slow = "WITH RECURSIVE forever(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM forever)"
                + " SELECT count(*) FROM forever WHERE '" + "x".repeat(10_000) + "' <> ''";

        var caller = Caller.start(() -> backend.transactions().inTransaction(READ, _ -> database.query(backend, slow)));

        await().until(() -> backend.pool().holders().stream()
                .map(Holder::statement)
                .anyMatch(shown -> shown != null && shown.length() < 400 && slow.startsWith(shown.substring(0, 200))));
        assertThat(caller.failure()).isInstanceOf(TimedOut.class);
    }

    @Test
    void a_holder_whose_statement_has_failed_shows_none() {
        Backend backend = fixture.open(Limits.connections(2));

        backend.transactions().inTransaction(WRITE, transaction -> {
            transaction.rollbackOnly();
            assertThatExceptionOfType(RuntimeException.class)
                    .isThrownBy(() -> database.query(backend, "SELECT * FROM missing"));
            return assertThat(backend.pool().holders())
                    .singleElement()
                    .satisfies(holder -> assertThat(holder.statement()).isNull());
        });
    }
}

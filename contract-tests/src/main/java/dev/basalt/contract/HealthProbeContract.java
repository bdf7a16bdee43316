package dev.basalt.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.ConstraintViolated;
import dev.basalt.domain.failure.DatabaseFailure.PoolExhausted;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.ProbeDepth;
import dev.basalt.domain.health.ProbeResult;
import dev.basalt.domain.schema.TableSummary;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import dev.basalt.ports.HealthProbe;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a {@link HealthProbe} says about a database that is well, busy, or gone. */
@Timeout(120)
public abstract class HealthProbeContract {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofMillis(500);

    private final TestDatabase database;
    private final BackendFixture fixture;

    protected HealthProbeContract(TestDatabase database) {
        this.database = database;
        this.fixture = new BackendFixture(database);
    }

    @AfterEach
    void close_the_backends() {
        fixture.close();
    }

    @ParameterizedTest
    @EnumSource(ProbeDepth.class)
    void a_live_database_is_healthy(ProbeDepth depth) {
        Backend backend = fixture.open(Limits.connections(2));
        Instant before = Instant.now().truncatedTo(ChronoUnit.MILLIS);

        ProbeResult result = backend.health().probe(depth, TIMEOUT);

        assertThat(result.status()).as("%s", result).isEqualTo(HealthStatus.HEALTHY);
        assertThat(result.failure()).isNull();
        assertThat(result.depth()).isEqualTo(depth);
        assertThat(result.roundTrip()).isPositive().isLessThan(TIMEOUT);
        assertThat(result.waited()).isBetween(Duration.ZERO, TIMEOUT);
        assertThat(result.checkedAt()).isBetween(before, Instant.now());
        assertThat(result.stats().pool()).isEqualTo(backend.pool().name());
        assertThat(result.stats().max()).isEqualTo(backend.pool().stats().max());
    }

    @ParameterizedTest
    @EnumSource(ProbeDepth.class)
    void probes_leave_no_connection_in_use(ProbeDepth depth) {
        Backend backend = fixture.open(Limits.connections(1));

        for (int i = 0; i < 10; i++) {
            assertThat(backend.health().probe(depth, TIMEOUT).status()).isEqualTo(HealthStatus.HEALTHY);
        }

        await().until(() -> backend.pool().stats().active() == 0);
        assertThat(fixture.readNumber(backend, "SELECT 1")).isOne();
    }

    @ParameterizedTest
    @EnumSource(ProbeDepth.class)
    void a_pool_without_a_free_connection_is_degraded_within_the_timeout(ProbeDepth depth) throws InterruptedException {
        Backend backend = fixture.open(Limits.connections(2));

        try (var _ = depth == ProbeDepth.DEEP
                ? Occupants.enterAllWriters(database, backend)
                : Occupants.enter(database, backend, 2)) {
            int occupied = backend.pool().stats().active();
            long begin = System.nanoTime();
            ProbeResult result = backend.health().probe(depth, SHORT);

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SHORT.plusSeconds(5));
            assertThat(result.status()).isEqualTo(HealthStatus.DEGRADED);
            assertThat(result.failure()).isInstanceOf(PoolExhausted.class);
            assertThat(result.depth()).isEqualTo(depth);
            assertThat(result.roundTrip()).as("the database was not reached").isZero();
            assertThat(result.stats().active()).isEqualTo(occupied).isPositive();
            await().until(() -> backend.pool().stats().waiting() == 0);
        }

        assertThat(backend.health().probe(depth, TIMEOUT).status()).isEqualTo(HealthStatus.HEALTHY);
    }

    @ParameterizedTest
    @EnumSource(ProbeDepth.class)
    void a_closed_backend_is_unhealthy_and_the_probe_does_not_throw(ProbeDepth depth) {
        Backend backend = fixture.open(Limits.connections(2));
        HealthProbe probe = backend.health();
        assertThat(probe.probe(depth, TIMEOUT).status()).isEqualTo(HealthStatus.HEALTHY);
        backend.close();

        ProbeResult result = probe.probe(depth, TIMEOUT);

        assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(result.failure()).isInstanceOf(ConnectionFailed.class);
        assertThat(result.roundTrip()).isZero();
        assertThat(result.stats().active()).isZero();
    }

    @ParameterizedTest
    @EnumSource(ProbeDepth.class)
    void many_probes_at_once_find_a_small_pool_healthy(ProbeDepth depth) {
        Backend backend = fixture.open(Limits.connections(2));

        var callers = Stream.generate(() -> Caller.start(() -> backend.health().probe(depth, TIMEOUT)))
                .limit(16)
                .toList();

        assertThat(callers)
                .extracting(caller -> caller.answer().status())
                .hasSize(16)
                .containsOnly(HealthStatus.HEALTHY);
        await().until(() -> backend.pool().stats().active() == 0);
    }

    @Test
    void a_deep_probe_of_the_probe_table_leaves_it_empty() {
        List<String> statements = Collections.synchronizedList(new ArrayList<>());
        Backend backend = fixture.open(Limits.connections(2), recording(statements));
        fixture.write(backend, "CREATE TABLE basalt_probe (id TEXT PRIMARY KEY, payload TEXT NOT NULL)");

        assertThat(backend.health().probe(ProbeDepth.DEEP, TIMEOUT).status()).isEqualTo(HealthStatus.HEALTHY);

        assertThat(statements)
                .as("it wrote, read, joined and deleted there")
                .anyMatch(sql -> sql.startsWith("INSERT INTO basalt_probe "))
                .anyMatch(sql -> sql.startsWith("SELECT payload FROM basalt_probe "))
                .anyMatch(sql -> sql.startsWith("SELECT count(*) ") && sql.contains(" JOIN basalt_probe "))
                .anyMatch(sql -> sql.startsWith("DELETE FROM basalt_probe "));
        assertThat(fixture.readNumber(backend, "SELECT count(*) FROM basalt_probe"))
                .isZero();
    }

    @Test
    void a_deep_probe_without_a_probe_table_makes_none_that_stays() {
        Backend backend = fixture.open(Limits.connections(1));
        List<String> tables = tables(backend);

        for (int i = 0; i < 3; i++) {
            assertThat(backend.health().probe(ProbeDepth.DEEP, TIMEOUT).status())
                    .isEqualTo(HealthStatus.HEALTHY);
        }

        assertThat(tables(backend)).isEqualTo(tables);
    }

    @Test
    void a_deep_probe_whose_write_fails_is_unhealthy_and_leaves_nothing() {
        Backend backend = fixture.open(Limits.connections(2));
        fixture.write(
                backend, "CREATE TABLE basalt_probe (id TEXT PRIMARY KEY, payload TEXT NOT NULL CHECK (payload = ''))");

        ProbeResult result = backend.health().probe(ProbeDepth.DEEP, TIMEOUT);

        assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
        assertThat(result.failure()).isInstanceOf(ConstraintViolated.class);
        assertThat(fixture.readNumber(backend, "SELECT count(*) FROM basalt_probe"))
                .isZero();
        await().until(() -> backend.pool().stats().active() == 0);
    }

    private static List<String> tables(Backend backend) {
        return backend.introspector().schemas().stream()
                .flatMap(schema -> backend.introspector().tables(schema.name(), null, 100).tables().stream())
                .map(TableSummary::name)
                .toList();
    }

    private static BackendListener recording(List<String> statements) {
        return new BackendListener() {
            @Override
            public void statementExecuted(String pool, String sql, Duration took, boolean succeeded) {
                statements.add(sql);
            }
        };
    }
}

package dev.basalt.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure.QueryFailed;
import dev.basalt.domain.failure.DatabaseFailure.TimedOut;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.ProbeDepth;
import dev.basalt.domain.pool.CloseReason;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class PostgresProbeTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final OwnDatabase database = new OwnDatabase();

    @AfterEach
    void close_the_backends() {
        database.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_probe_that_meets_a_dead_connection_closes_it(ProbeDepth depth) {
        Backend backend = database.open(Limits.connections(1));
        assertThat(process(backend)).isPositive();

        database.terminate(process(backend));
        HealthStatus status = backend.health().probe(depth, TIMEOUT).status();

        // HikariCP itself may have noticed before the probe got the connection.
        assertThat(status).isIn(HealthStatus.UNHEALTHY, HealthStatus.HEALTHY);
        assertThat(process(backend)).isPositive();
        Awaitility.await()
                .untilAsserted(() -> assertThat(backend.pool().stats().closed()).containsEntry(CloseReason.FAULT, 1L));
        assertThat(backend.health().probe(depth, TIMEOUT).status()).isEqualTo(HealthStatus.HEALTHY);
    }

    @Test
    void a_deep_probe_that_fails_midway_leaves_nothing() throws SQLException {
        database.execute(
                "CREATE TABLE basalt_probe (id TEXT PRIMARY KEY, payload TEXT NOT NULL)",
                "CREATE RULE stays AS ON DELETE TO basalt_probe DO INSTEAD NOTHING");
        Backend backend = database.open(Limits.connections(1));

        assertThat(backend.health().probe(ProbeDepth.DEEP, TIMEOUT).failure()).isInstanceOf(QueryFailed.class);

        assertThat(database.single("SELECT count(*) FROM basalt_probe")).isEqualTo("0");
    }

    @Test
    void a_deep_probe_that_hangs_is_given_up_after_the_timeout_and_leaves_nothing() throws SQLException {
        database.execute("CREATE TABLE basalt_probe (id TEXT PRIMARY KEY, payload TEXT NOT NULL)");
        Backend backend = database.open(Limits.connections(1));
        assertThat(process(backend)).isPositive();

        try (var other = database.connect();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE basalt_probe");

            var result = backend.health().probe(ProbeDepth.DEEP, Duration.ofSeconds(1));

            assertThat(result.status()).isEqualTo(HealthStatus.UNHEALTHY);
            assertThat(result.failure()).isInstanceOf(TimedOut.class);
        }

        assertThat(process(backend)).isPositive();
        assertThat(database.single("SELECT count(*) FROM basalt_probe")).isEqualTo("0");
    }

    private static long process(Backend backend) {
        return backend.transactions()
                .inTransaction(
                        TransactionOptions.READ,
                        _ -> ((Number) Objects.requireNonNull(new PostgresTestDatabase()
                                        .query(backend, "SELECT pg_backend_pid()")
                                        .getFirst()
                                        .getFirst()))
                                .longValue());
    }
}

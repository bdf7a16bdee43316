package dev.basalt.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.contract.Limits;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.ProbeDepth;
import dev.basalt.domain.pool.CloseReason;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
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

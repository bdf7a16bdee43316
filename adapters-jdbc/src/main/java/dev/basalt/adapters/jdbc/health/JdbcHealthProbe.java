package dev.basalt.adapters.jdbc.health;

import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.adapters.jdbc.pool.Lease;
import dev.basalt.adapters.jdbc.pool.Leases;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.Heartbeat;
import dev.basalt.domain.health.ProbeDepth;
import dev.basalt.domain.health.ProbeResult;
import dev.basalt.domain.transaction.Access;
import dev.basalt.ports.HealthProbe;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Probes through a connection of the pool, on a thread that it gives up when the database does not answer in time. */
public final class JdbcHealthProbe implements HealthProbe {

    private final Leases leases;
    private final Dialect dialect;
    private final Heart heart;

    public JdbcHealthProbe(Leases leases, Dialect dialect, Heart heart) {
        this.leases = leases;
        this.dialect = dialect;
        this.heart = heart;
    }

    @Override
    public Heartbeat heartbeat() {
        return heart.verdict();
    }

    @Override
    public ProbeResult probe(ProbeDepth depth, Duration timeout) {
        var probe = new Probe(depth, timeout);
        try {
            Lease lease = leases.acquire(depth == ProbeDepth.DEEP ? Access.WRITE : Access.READ, timeout);
            probe.leased();
            probe.ask(lease);
            return probe.result(HealthStatus.HEALTHY, null);
        } catch (DatabaseFailure.ReadOnly e) {
            if (probe.leasedAt != null) {
                heart.refused(e);
            }
            return probe.result(HealthStatus.DEGRADED, e);
        } catch (DatabaseFailure.PoolExhausted | DatabaseFailure.SerializationConflict e) {
            return probe.result(HealthStatus.DEGRADED, e);
        } catch (DatabaseFailure e) {
            return probe.result(HealthStatus.UNHEALTHY, e);
        }
    }

    private final class Probe {
        private final ProbeDepth depth;
        private final Duration timeout;
        private final Instant checkedAt = Instant.now();
        private final long start = System.nanoTime();
        private @Nullable Long leasedAt;

        Probe(ProbeDepth depth, Duration timeout) {
            this.depth = depth;
            this.timeout = timeout;
        }

        void leased() {
            leasedAt = System.nanoTime();
        }

        /** Asks on a platform thread, which blocks no other whatever the driver does. */
        void ask(Lease lease) {
            var answer = new FutureTask<@Nullable Void>(() -> {
                try (lease) {
                    checkOrDistrust(lease);
                }
                return null;
            });
            Thread thread = Thread.ofPlatform()
                    .daemon()
                    .name("basalt-" + leases.name() + "-probe")
                    .unstarted(answer);
            try {
                thread.start();
            } catch (OutOfMemoryError e) {
                // The machine gives no more threads.
                lease.close();
                throw e;
            }
            try {
                answer.get(Math.max(0, timeout.toNanos() - (System.nanoTime() - start)), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof SQLException failure
                        ? dialect.translate(leases.name(), failure)
                        : new DatabaseFailure.ConnectionFailed(message("the probe failed"), e.getCause());
            } catch (TimeoutException e) {
                lease.abandon();
                throw new DatabaseFailure.TimedOut(message("the database did not answer within " + timeout), e);
            } catch (InterruptedException e) {
                lease.abandon();
                Thread.currentThread().interrupt();
                throw new DatabaseFailure.ConnectionFailed(message("the probe was interrupted"), e);
            }
        }

        private void checkOrDistrust(Lease lease) throws SQLException {
            try {
                check(lease.connection());
            } catch (SQLException | RuntimeException e) {
                lease.distrust();
                throw e;
            }
        }

        private void check(Connection connection) throws SQLException {
            switch (depth) {
                case PING -> {
                    if (!connection.isValid((int) Math.max(1, timeout.toSeconds()))) {
                        throw new SQLException("the connection is not valid any more", "08006");
                    }
                }
                case QUERY -> {
                    try (var statement = connection.createStatement();
                            var row = statement.executeQuery("SELECT 1")) {
                        row.next();
                    }
                }
                case DEEP -> {
                    if (ProbeTable.exercise(connection, dialect)) {
                        heart.wrote();
                    }
                }
            }
        }

        private String message(String what) {
            return "pool '" + leases.name() + "': " + what;
        }

        ProbeResult result(HealthStatus status, @Nullable DatabaseFailure failure) {
            long now = System.nanoTime();
            Long leased = leasedAt;
            return new ProbeResult(
                    depth,
                    status,
                    Duration.ofNanos((leased == null ? now : leased) - start),
                    leased == null ? Duration.ZERO : Duration.ofNanos(now - leased),
                    leases.stats(),
                    checkedAt,
                    failure);
        }
    }
}

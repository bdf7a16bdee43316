package dev.basalt.adapters.jdbc.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool;
import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.pool.Role;
import dev.basalt.domain.pool.RoleStats;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.ports.BackendListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * The connections of one role: HikariCP behind a fair gate of the pool's size. Thread-safe.
 *
 * <p>Callers queue at the gate, in the order in which they come, so HikariCP is only ever asked for a connection that it
 * has or may open. Left to itself it hands connections to whoever happens to ask, and under many virtual threads some
 * callers wait for seconds.
 */
public final class LeasePool {

    private static final int VALIDATION_SECONDS = 1;

    /** HikariCP refuses less; the time-out of each call is given with the call. */
    private static final long SMALLEST_HIKARI_TIMEOUT_MS = 250;

    private final String pool;
    private final PoolSettings limits;
    private final Role role;
    private final Dialect dialect;
    private final Semaphore gate;
    private final int weight;
    private final PhysicalConnections physical;
    private final HikariPool hikari;

    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder waits = new LongAdder();
    private final LongAdder waitedNanos = new LongAdder();
    private final LongAdder timeouts = new LongAdder();

    /**
     * Makes the pool; connections are opened in the background.
     *
     * @param gate what callers queue at; fair. Two roles that share a gate never have more leases than it has permits
     * @param weight how many of the gate's permits one lease takes
     */
    public LeasePool(
            String pool,
            PoolSettings limits,
            Role role,
            Connector connector,
            Dialect dialect,
            BackendListener listener,
            Semaphore gate,
            int weight) {
        this.pool = pool;
        this.limits = limits;
        this.role = role;
        this.dialect = dialect;
        this.gate = gate;
        this.weight = weight;
        this.physical = new PhysicalConnections(pool, limits, connector, dialect, listener);
        var config = new HikariConfig();
        config.setPoolName(pool + "-" + role.name().toLowerCase(Locale.ROOT));
        config.setDataSource(physical);
        config.setMaximumPoolSize(limits.maxConnections());
        config.setMinimumIdle(limits.minConnections());
        config.setConnectionTimeout(
                Math.max(SMALLEST_HIKARI_TIMEOUT_MS, limits.acquireTimeout().toMillis()));
        config.setValidationTimeout(TimeUnit.SECONDS.toMillis(VALIDATION_SECONDS));
        config.setIdleTimeout(limits.idleTimeout().toMillis());
        config.setMaxLifetime(limits.maxLifetime().toMillis());
        config.setInitializationFailTimeout(-1);
        config.setExceptionOverride(new EvictWhatIsBroken(pool, dialect));
        config.validate();
        this.hikari = new HikariPool(config);
    }

    /**
     * Lends a connection.
     *
     * @param timeout the longest to wait for it
     * @throws DatabaseFailure if there is none in time
     */
    public Lease acquire(Duration timeout) {
        long start = System.nanoTime();
        pass(timeout, start);
        try {
            Connection connection = connection(timeout, start);
            active.incrementAndGet();
            return new Loan(connection);
        } catch (Throwable t) {
            gate.release(weight);
            throw t;
        }
    }

    private void pass(Duration timeout, long start) {
        requireOpen();
        try {
            // Without a time-out, tryAcquire() would push past those who wait already.
            if (gate.tryAcquire(weight, 0, TimeUnit.NANOSECONDS)) {
                return;
            }
            waits.increment();
            waiting.incrementAndGet();
            boolean passed;
            try {
                passed = gate.tryAcquire(weight, remaining(timeout, start), TimeUnit.NANOSECONDS);
            } finally {
                waiting.decrementAndGet();
                waitedNanos.add(System.nanoTime() - start);
            }
            if (!passed) {
                timeouts.increment();
                throw new DatabaseFailure.PoolExhausted(
                        pool, limits.maxConnections(), Duration.ofNanos(System.nanoTime() - start), null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseFailure.ConnectionFailed(
                    "pool '" + pool + "': interrupted while waiting for a connection", e);
        }
    }

    private Connection connection(Duration timeout, long start) {
        requireOpen();
        try {
            while (true) {
                long millis = TimeUnit.NANOSECONDS.toMillis(remaining(timeout, start));
                Connection connection = hikari.getConnection(Math.max(1, millis));
                if (!limits.validateOnAcquire() || isValid(connection)) {
                    return connection;
                }
                hikari.evictConnection(connection);
            }
        } catch (SQLException e) {
            // HikariCP reports its own time-out; why it could open no connection is the cause.
            if (e.getCause() instanceof SQLException cause) {
                throw dialect.translate(pool, cause);
            }
            if (Thread.currentThread().isInterrupted() || closed.get()) {
                throw new DatabaseFailure.ConnectionFailed(
                        "pool '" + pool + "': interrupted or closed while waiting for a connection", e);
            }
            // None failed to open: the one that is being opened just takes longer than this caller waits.
            timeouts.increment();
            throw new DatabaseFailure.PoolExhausted(
                    pool, limits.maxConnections(), Duration.ofNanos(System.nanoTime() - start), e);
        }
    }

    private static boolean isValid(Connection connection) {
        try {
            return connection.isValid(VALIDATION_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new DatabaseFailure.ConnectionFailed("pool '" + pool + "' is closed", null);
        }
    }

    private static long remaining(Duration timeout, long start) {
        return Math.max(0, timeout.toNanos() - (System.nanoTime() - start));
    }

    RoleStats stats() {
        int lent = active.get();
        int total = Math.max(lent, hikari.getTotalConnections());
        return new RoleStats(
                role,
                limits.maxConnections(),
                total,
                lent,
                total - lent,
                waiting.get(),
                waits.sum(),
                Duration.ofNanos(waitedNanos.sum()),
                timeouts.sum(),
                physical.created(),
                physical.closed());
    }

    void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        physical.shuttingDown();
        try {
            hikari.shutdown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Loan implements Lease {
        private final Connection connection;
        private final AtomicBoolean returned = new AtomicBoolean();
        private volatile boolean distrusted;

        Loan(Connection connection) {
            this.connection = connection;
        }

        @Override
        public Connection connection() {
            return connection;
        }

        @Override
        public void distrust() {
            distrusted = true;
        }

        @Override
        public void close() {
            if (!returned.compareAndSet(false, true)) {
                return;
            }
            try {
                if (distrusted || physical.isTainted(connection)) {
                    hikari.evictConnection(connection);
                } else {
                    connection.close();
                }
            } catch (SQLException e) {
                // HikariCP has closed a connection that it could not reset; the next caller gets another one.
                hikari.evictConnection(connection);
            } finally {
                // The connection is back before the permit is, so whoever passes the gate finds it.
                active.decrementAndGet();
                gate.release(weight);
            }
        }
    }
}

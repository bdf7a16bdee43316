package dev.basalt.adapters.jdbc.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool;
import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.pool.CloseReason;
import dev.basalt.domain.pool.Holder;
import dev.basalt.domain.pool.Role;
import dev.basalt.domain.pool.RoleStats;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.ports.BackendListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The connections of one role: HikariCP behind a fair gate of the pool's size. Thread-safe.
 *
 * <p>Callers queue at the gate, in the order in which they come, so HikariCP is only ever asked for a connection that it
 * has or may open. Left to itself it hands connections to whoever happens to ask, and under many virtual threads some
 * callers wait for seconds.
 */
public final class LeasePool {

    /** The key under which a thread's diagnostic context names the request that it works for. */
    private static final String REQUEST_ID = "request_id";

    private static final int VALIDATION_SECONDS = 1;

    /** HikariCP refuses less; the time-out of each call is given with the call. */
    private static final long SMALLEST_HIKARI_TIMEOUT_MS = 250;

    /** How long a caller waits for HikariCP before it looks whether the database has become unavailable meanwhile. */
    private static final long LOOK_MS = 100;

    private final String pool;
    private final PoolSettings limits;
    private final Role role;
    private final Dialect dialect;
    private final BackendListener listener;
    private final Permits gate;
    private final int weight;
    private final Admission admission;
    private final PhysicalConnections physical;
    /** Not private: a test reads back what it was set to. */
    final HikariPool hikari;

    /** Guarded by this object's lock. */
    private boolean closed;
    /** What who waits for the last lease waits on. */
    private final Object returns = new Object();

    private volatile boolean stopped;
    private final Set<Loan> loans = ConcurrentHashMap.newKeySet();
    private final AtomicInteger active = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder waits = new LongAdder();
    private final LongAdder waitedNanos = new LongAdder();
    private final LongAdder timeouts = new LongAdder();

    /**
     * Makes the pool; connections are opened in the background.
     *
     * @param gate what callers queue at. Two roles that share a gate never have more leases than it has permits
     * @param weight how many of the gate's permits one lease takes
     */
    public LeasePool(
            String pool,
            PoolSettings limits,
            Role role,
            Connector connector,
            Dialect dialect,
            BackendListener listener,
            Permits gate,
            int weight) {
        this.pool = pool;
        this.limits = limits;
        this.role = role;
        this.dialect = dialect;
        this.listener = listener;
        this.gate = gate;
        this.weight = weight;
        this.admission = new Admission(pool);
        this.physical = new PhysicalConnections(pool, limits, connector, dialect, listener, admission);
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
     * @throws DatabaseFailure if there is none in time; at once while the database is unavailable
     */
    public Lease acquire(Duration timeout) {
        long start = System.nanoTime();
        try {
            admission.pass(timeout);
            queue(timeout, start);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseFailure.ConnectionFailed(
                    "pool '" + pool + "': interrupted while waiting for a connection", e);
        }
        Lease lease;
        try {
            lease = lend(connection(timeout, start), start);
        } catch (Throwable t) {
            gate.release(weight);
            throw t;
        }
        // A close that has not seen this lease has begun before it was counted: then it is given back at once.
        if (stopped) {
            lease.close();
            admission.require();
        }
        return lease;
    }

    private Lease lend(Connection connection, long start) {
        try {
            return new Loan(connection, physical.lifeOf(connection), Duration.ofNanos(System.nanoTime() - start));
        } catch (SQLException e) {
            hikari.evictConnection(connection);
            throw dialect.translate(pool, e);
        }
    }

    private void queue(Duration timeout, long start) throws InterruptedException {
        if (gate.tryAcquire(weight, 0, TimeUnit.NANOSECONDS)) {
            return;
        }
        waits.increment();
        waiting.incrementAndGet();
        boolean passed;
        try {
            do {
                passed = gate.tryAcquire(weight, remaining(timeout, start), TimeUnit.NANOSECONDS, admission::isOpen);
                if (!passed) {
                    admission.require();
                }
            } while (!passed && remaining(timeout, start) > 0);
        } finally {
            waiting.decrementAndGet();
            waitedNanos.add(System.nanoTime() - start);
        }
        if (!passed) {
            throw exhausted(start, null);
        }
    }

    private Connection connection(Duration timeout, long start) {
        SQLException openFailure = null;
        while (true) {
            admission.require();
            long left = TimeUnit.NANOSECONDS.toMillis(remaining(timeout, start));
            try {
                Connection connection = hikari.getConnection(Math.clamp(left, 1, LOOK_MS));
                if (!limits.validateOnAcquire() || isValid(connection)) {
                    return connection;
                }
                hikari.evictConnection(connection);
                if (remaining(timeout, start) == 0) {
                    throw new DatabaseFailure.ConnectionFailed(
                            "pool '" + pool + "': no connection passed its validation within " + timeout, null);
                }
            } catch (SQLException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new DatabaseFailure.ConnectionFailed(
                            "pool '" + pool + "': interrupted while waiting for a connection", e);
                }
                // HikariCP reports its own time-out; why it could open no connection is the cause, told only once.
                if (e.getCause() instanceof SQLException cause) {
                    openFailure = cause;
                }
                if (left <= LOOK_MS) {
                    // If none failed to open, the one that is being opened just takes longer than this caller waits.
                    throw openFailure == null ? exhausted(start, e) : dialect.translate(pool, openFailure);
                }
            }
        }
    }

    private DatabaseFailure exhausted(long start, @Nullable SQLException cause) {
        timeouts.increment();
        return new DatabaseFailure.PoolExhausted(
                pool, limits.maxConnections(), Duration.ofNanos(System.nanoTime() - start), cause);
    }

    private static boolean isValid(Connection connection) {
        try {
            return connection.isValid(VALIDATION_SECONDS);
        } catch (SQLException e) {
            return false;
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

    Stream<Holder> holders() {
        return loans.stream().map(Loan::holder);
    }

    /** Callers queueing now. */
    int waiting() {
        return waiting.get();
    }

    /** Lets callers through to the database. */
    void admit() {
        admission.open();
    }

    /** Fails every caller, also those that wait already, and opens no connections. */
    void refuse(DatabaseFailure failure, Instant since) {
        admission.shut(failure, since);
        gate.sendAway();
    }

    /** Closes the connections that are idle now, and those in use when they are given back. */
    void replaceConnections(CloseReason reason) {
        physical.evicting(reason);
        hikari.softEvictConnections();
    }

    /** Lends nothing any more. */
    void stop() {
        stopped = true;
        admission.stop();
        gate.sendAway();
    }

    /** Waits until every lease is back; tells whether they are. */
    boolean awaitReturned(LongSupplier nanosLeft) throws InterruptedException {
        synchronized (returns) {
            for (long left = nanosLeft.getAsLong(); active.get() > 0 && left > 0; left = nanosLeft.getAsLong()) {
                TimeUnit.NANOSECONDS.timedWait(returns, left);
            }
            return active.get() == 0;
        }
    }

    /** Has who waits for the leases look again how long it may. */
    void hurry() {
        synchronized (returns) {
            returns.notifyAll();
        }
    }

    /** Closes every connection, also those lent out, and also when interrupted. A second call waits for the first. */
    synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        stop();
        physical.shuttingDown();
        admission.close();
        // An interrupted HikariCP stops before it has closed what is lent out.
        boolean interrupted = Thread.interrupted();
        boolean done = false;
        while (!done) {
            try {
                hikari.shutdown();
                done = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Loan implements Lease {
        private final Connection connection;
        private final PhysicalConnections.Life life;
        private final String thread = threadName();
        private final @Nullable String requestId = MDC.get(REQUEST_ID);
        private final Instant since = Instant.now();
        private final long start = System.nanoTime();
        private final AtomicBoolean returned = new AtomicBoolean();
        private volatile boolean distrusted;

        Loan(Connection connection, PhysicalConnections.Life life, Duration waited) {
            this.connection = connection;
            this.life = life;
            active.incrementAndGet();
            loans.add(this);
            physical.tell(() -> listener.connectionAcquired(pool, waited));
        }

        /** Virtual threads have no names unless they are given some. */
        private static String threadName() {
            Thread current = Thread.currentThread();
            return current.getName().isEmpty() ? "thread-" + current.threadId() : current.getName();
        }

        Holder holder() {
            return new Holder(role, thread, requestId, since, life.running());
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
                if (distrusted || life.isTainted()) {
                    hikari.evictConnection(connection);
                } else {
                    connection.close();
                }
            } catch (SQLException e) {
                // HikariCP has closed a connection that it could not reset; the next caller gets another one.
                hikari.evictConnection(connection);
            } finally {
                loans.remove(this);
                physical.tell(() -> listener.connectionReleased(pool, Duration.ofNanos(System.nanoTime() - start)));
                // The connection is back before the permit is, so whoever passes the gate finds it.
                if (active.decrementAndGet() == 0 && stopped) {
                    hurry();
                }
                gate.release(weight);
            }
        }
    }
}

package dev.basalt.adapters.jdbc.pool;

import com.zaxxer.hikari.pool.HikariPool;
import dev.basalt.adapters.jdbc.connection.Connector;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections of one role: HikariCP behind a fair gate of the pool's size. Thread-safe.
 *
 * <p>Callers queue at the gate, in the order in which they come, so HikariCP is only ever asked for a connection that it
 * has or may open. Left to itself it hands connections to whoever happens to ask, and under many virtual threads some
 * callers wait for seconds.
 */
public final class LeasePool {

    private static final Logger LOG = LoggerFactory.getLogger(LeasePool.class);

    /** How long a caller waits for HikariCP before it looks whether the database has become unavailable meanwhile. */
    private static final long LOOK_MS = 100;

    private final String pool;
    private final PoolSettings limits;
    private final Role role;
    private final Dialect dialect;
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
        this.gate = gate;
        this.weight = weight;
        this.admission = new Admission(pool);
        this.physical = new PhysicalConnections(pool, limits, connector, dialect, listener, admission);
        this.hikari = new HikariPool(HikariSettings.of(pool, limits, role, physical, dialect));
        physical.onSilence(() -> replaceConnections(CloseReason.FAULT));
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
            lease = lend(timeout, start);
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

    private Lease lend(Duration timeout, long start) {
        Loan loan = loan(timeout, start);
        active.incrementAndGet();
        loans.add(loan);
        Duration waited = Duration.ofNanos(System.nanoTime() - start);
        physical.tell(listener -> listener.connectionAcquired(pool, waited));
        return loan;
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

    private Loan loan(Duration timeout, long start) {
        while (true) {
            admission.require();
            long left = TimeUnit.NANOSECONDS.toMillis(remaining(timeout, start));
            try {
                Connection connection = hikari.getConnection(Math.clamp(left, 1, LOOK_MS));
                Life life = physical.lifeOf(connection);
                // One that was being opened while all were replaced came to HikariCP after that.
                boolean current = physical.evicted(life) == null && !life.isAbandoned();
                if (current && (!limits.validateOnAcquire() || isValid(connection))) {
                    return new Loan(connection, life, this::giveBack);
                }
                hikari.evictConnection(connection);
                if (current && remaining(timeout, start) == 0) {
                    throw new DatabaseFailure.ConnectionFailed(
                            "pool '" + pool + "': no connection passed its validation within " + timeout, null);
                }
            } catch (SQLException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new DatabaseFailure.ConnectionFailed(
                            "pool '" + pool + "': interrupted while waiting for a connection", e);
                }
                if (left <= LOOK_MS) {
                    throw noneOpened(start, e);
                }
            }
        }
    }

    /** If none failed to open, the one that is being opened just takes longer than this caller waits. */
    private DatabaseFailure noneOpened(long start, SQLException timeout) {
        SQLException failure = physical.openFailure();
        return failure == null ? exhausted(start, timeout) : dialect.translate(pool, failure);
    }

    private DatabaseFailure exhausted(long start, @Nullable SQLException cause) {
        timeouts.increment();
        return new DatabaseFailure.PoolExhausted(
                pool, limits.maxConnections(), Duration.ofNanos(System.nanoTime() - start), cause);
    }

    private static boolean isValid(Connection connection) {
        try {
            return connection.isValid(HikariSettings.VALIDATION_SECONDS);
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
        return loans.stream().map(loan -> loan.holder(role));
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

    /** Has this called when a connection could not be opened or turned out to be dead. */
    void onSuspicion(Runnable action) {
        physical.onSuspicion(action);
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
                var _ = physical.awaitAttempts();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Frees whoever hangs on a connection, at the price of all the connections in use. */
    void abandonLoans() {
        long abandoned = loans.stream().filter(Loan::abandon).count();
        if (abandoned > 0) {
            LOG.warn("pool '{}': the database is silent: {} connections in use are given up", pool, abandoned);
        }
    }

    /** Frees whoever hangs on a connection to a server that takes writes, at the price of all such connections. */
    void abandonPrimary() {
        long abandoned = physical.abandonPrimary();
        if (abandoned > 0) {
            LOG.warn("pool '{}': who takes writes is silent: {} connections to it are given up", pool, abandoned);
        }
    }

    private void giveBack(Loan loan) {
        Connection connection = loan.connection();
        try {
            if (loan.isSpoilt()) {
                hikari.evictConnection(connection);
            } else {
                connection.close();
            }
        } catch (SQLException e) {
            // HikariCP has closed a connection that it could not reset; the next caller gets another one.
            hikari.evictConnection(connection);
        } finally {
            loans.remove(loan);
            physical.tell(listener -> listener.connectionReleased(pool, loan.used()));
            // The connection is back before the permit is, so whoever passes the gate finds it.
            if (active.decrementAndGet() == 0 && stopped) {
                hurry();
            }
            gate.release(weight);
        }
    }
}

package dev.basalt.adapters.jdbc.pool;

import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.pool.CloseReason;
import dev.basalt.domain.pool.Holder;
import dev.basalt.domain.pool.PoolStats;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.transaction.Access;
import dev.basalt.ports.ConnectionPool;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The connections of one database, lent out for reading or writing. Thread-safe. */
public final class Leases implements ConnectionPool {

    private final DatabaseSettings settings;
    private final LeasePool readers;
    private final LeasePool writers;
    private final List<LeasePool> roles;
    private volatile Runnable afterReplacement = () -> {};
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicLong closeBy = new AtomicLong(System.nanoTime() + 2 * PoolSettings.LONGEST.toNanos());

    /** Makes a pool of two roles, or of one when both are the same. */
    public Leases(DatabaseSettings settings, LeasePool readers, LeasePool writers) {
        this.settings = settings;
        this.readers = readers;
        this.writers = writers;
        this.roles = Stream.of(readers, writers).distinct().toList();
    }

    /** Lends a connection, waiting no longer than the pool's acquire time-out. */
    public Lease acquire(Access access) {
        return acquire(access, settings.limits().acquireTimeout());
    }

    /** Lends a connection, waiting no longer than the given time. */
    public Lease acquire(Access access, Duration timeout) {
        return switch (access) {
            case READ -> readers.acquire(timeout);
            case WRITE -> writers.acquire(timeout);
        };
    }

    @Override
    public String name() {
        return settings.pool();
    }

    @Override
    public PoolSettings settings() {
        return settings.limits();
    }

    @Override
    public PoolStats stats() {
        return new PoolStats(name(), roles.stream().map(LeasePool::stats).toList());
    }

    @Override
    public List<Holder> holders() {
        return roles.stream()
                .flatMap(LeasePool::holders)
                .sorted(Comparator.comparing(Holder::since))
                .toList();
    }

    /** Callers queueing now. */
    public int waiting() {
        return roles.stream().mapToInt(LeasePool::waiting).sum();
    }

    /** Lets callers through to the database. */
    public void admit() {
        roles.forEach(LeasePool::admit);
    }

    /** Lets callers through that read, and fails all others at once, also those that wait already. */
    public void admitReaders(DatabaseFailure failure, Instant since) {
        readers.admit();
        writers.refuse(failure, since);
    }

    /** Fails every caller at once, also those that wait already, until they are admitted again. */
    public void refuse(DatabaseFailure failure, Instant since) {
        roles.forEach(role -> role.refuse(failure, since));
    }

    @Override
    public void replaceConnections() {
        roles.forEach(role -> role.replaceConnections(CloseReason.REPLACED));
        afterReplacement.run();
    }

    /** Has this called each time that connections were replaced because somebody asked for it. */
    public void onReplacement(Runnable action) {
        afterReplacement = action;
    }

    /** Has every connection replaced as {@link #replaceConnections()} does, because they may be broken. */
    public void distrustConnections() {
        roles.forEach(role -> role.replaceConnections(CloseReason.FAULT));
    }

    /** Has the connections replaced on which is written, because they may be broken or lead to where nothing is written. */
    public void distrustWriters() {
        writers.replaceConnections(CloseReason.FAULT);
    }

    /**
     * Has every caller that hangs on a connection fail, because the database does not answer: all connections in use are
     * given up at once.
     */
    public void abandon() {
        roles.forEach(LeasePool::abandonLoans);
    }

    /**
     * Has every caller fail that hangs on a connection on which is written, because the server where it leads is silent; and
     * gives up those that lead there although they are read on only.
     */
    public void abandonWriters() {
        writers.abandonLoans();
        readers.abandonPrimary();
    }

    /** Has this called each time that a connection could not be opened or turned out to be dead. */
    public void onSuspicion(Runnable action) {
        roles.forEach(role -> role.onSuspicion(action));
    }

    @Override
    public boolean isClosed() {
        return closed.get();
    }

    /**
     * Lends nothing any more, waits for the leases to come back, and then closes every connection, also those still lent
     * out. A second call has the first one wait no longer than itself.
     *
     * @param grace the longest to wait; an interrupt ends the wait
     */
    public void close(Duration grace) {
        Duration bounded = grace.compareTo(PoolSettings.LONGEST) < 0 ? grace : PoolSettings.LONGEST;
        long end = System.nanoTime() + bounded.toNanos();
        closeBy.accumulateAndGet(end, (one, other) -> one - other < 0 ? one : other);
        closed.set(true);
        roles.forEach(LeasePool::stop);
        roles.forEach(LeasePool::hurry);
        try {
            for (LeasePool role : roles) {
                role.awaitReturned(() -> closeBy.get() - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        roles.forEach(LeasePool::close);
    }
}

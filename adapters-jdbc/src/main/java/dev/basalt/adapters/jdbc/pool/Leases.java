package dev.basalt.adapters.jdbc.pool;

import dev.basalt.domain.pool.PoolStats;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.transaction.Access;
import dev.basalt.ports.ConnectionPool;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** The connections of one database, lent out for reading or writing. Thread-safe. */
public final class Leases implements ConnectionPool {

    private final DatabaseSettings settings;
    private final LeasePool readers;
    private final LeasePool writers;
    private final List<LeasePool> roles;
    private final AtomicBoolean closed = new AtomicBoolean();

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
    public boolean isClosed() {
        return closed.get();
    }

    /** Closes every connection, also those lent out. Closing twice does nothing more. */
    public void close() {
        closed.set(true);
        roles.forEach(LeasePool::close);
    }
}

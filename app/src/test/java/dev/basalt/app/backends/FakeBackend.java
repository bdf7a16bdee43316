package dev.basalt.app.backends;

import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.ProbeResult;
import dev.basalt.domain.migration.Migration;
import dev.basalt.domain.migration.MigrationFailed;
import dev.basalt.domain.pool.PoolStats;
import dev.basalt.domain.pool.Role;
import dev.basalt.domain.pool.RoleStats;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import dev.basalt.ports.ConnectionPool;
import dev.basalt.ports.HealthProbe;
import dev.basalt.ports.Introspector;
import dev.basalt.ports.Migrator;
import dev.basalt.ports.TransactionRunner;
import dev.basalt.ports.TransactionWork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A backend whose database is down, and whose scripts fail. */
final class FakeBackend implements Backend, ConnectionPool, Migrator, TransactionRunner {

    private final String product;
    private final DatabaseSettings settings;
    private final AtomicInteger closed = new AtomicInteger();

    FakeBackend(String product, DatabaseSettings settings) {
        this.product = product;
        this.settings = settings;
    }

    int timesClosed() {
        return closed.get();
    }

    @Override
    public String product() {
        return product;
    }

    @Override
    public ConnectionPool pool() {
        return this;
    }

    @Override
    public HealthProbe health() {
        return (depth, timeout) -> new ProbeResult(
                depth,
                HealthStatus.UNHEALTHY,
                Duration.ZERO,
                Duration.ZERO,
                stats(),
                Instant.EPOCH,
                new ConnectionFailed("host.example refuses", null));
    }

    @Override
    public Migrator migrator() {
        return this;
    }

    @Override
    public Introspector introspector() {
        throw new IllegalStateException("this fake has none");
    }

    @Override
    public TransactionRunner transactions() {
        return this;
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        return Optional.empty();
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
        var role = new RoleStats(Role.SHARED, 10, 0, 0, 0, 0, 0, Duration.ZERO, 0, 0, Map.of());
        return new PoolStats(name(), List.of(role));
    }

    @Override
    public boolean isClosed() {
        return closed.get() > 0;
    }

    @Override
    public List<Migration> migrate() {
        throw new MigrationFailed("pool 'primary': V1__broken.sql:\nsyntax error", new IllegalStateException());
    }

    @Override
    public List<Migration> migrations() {
        return List.of();
    }

    @Override
    public List<String> validate() {
        return List.of();
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R inTransaction(
            TransactionOptions options, TransactionWork<R, X> work) {
        throw new ConnectionFailed("host.example refuses", null);
    }

    @Override
    public void close() {
        closed.incrementAndGet();
    }
}

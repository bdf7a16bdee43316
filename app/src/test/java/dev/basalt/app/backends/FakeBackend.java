package dev.basalt.app.backends;

import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.OutcomeUnknown;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.Heartbeat;
import dev.basalt.domain.health.ProbeDepth;
import dev.basalt.domain.health.ProbeResult;
import dev.basalt.domain.pool.Holder;
import dev.basalt.domain.pool.PoolStats;
import dev.basalt.domain.pool.Role;
import dev.basalt.domain.pool.RoleStats;
import dev.basalt.domain.settings.DatabasePlace;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import dev.basalt.ports.ConnectionPool;
import dev.basalt.ports.HealthProbe;
import dev.basalt.ports.Introspector;
import dev.basalt.ports.Transaction;
import dev.basalt.ports.TransactionRunner;
import dev.basalt.ports.TransactionWork;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A backend without a database; it is down until it is told otherwise, and does what the test says. Thread-safe. */
public final class FakeBackend implements Backend, ConnectionPool, HealthProbe, TransactionRunner {

    private final String product;
    private final DatabaseSettings settings;
    private final BackendListener listener;
    private final FakeMigrator migrator = new FakeMigrator();
    private final ScopedValue<Transaction> running = ScopedValue.newInstance();
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger replaced = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger probes = new AtomicInteger();
    private final Queue<DatabaseFailure> script = new ConcurrentLinkedQueue<>();
    private final List<TransactionOptions> attempts = new CopyOnWriteArrayList<>();
    private volatile Heartbeat heartbeat;
    private volatile Function<ProbeDepth, Optional<DatabaseFailure>> probing = _ -> Optional.empty();

    FakeBackend(String product, DatabaseSettings settings, BackendListener listener) {
        this.product = product;
        this.settings = settings;
        this.listener = listener;
        this.heartbeat = new Heartbeat(HealthStatus.UNHEALTHY, Instant.EPOCH, null, Duration.ZERO, null, 1, down());
    }

    int timesReplaced() {
        return replaced.get();
    }

    /** One that nobody listens to. */
    public static FakeBackend of(DatabaseSettings settings) {
        return new FakeBackend("fake", settings, BackendListener.NONE);
    }

    /** The failure of a database that is down; its message is not for everybody. */
    public static ConnectionFailed down() {
        return new ConnectionFailed("host.example refuses", null);
    }

    /** Has the heartbeat be good from now on. */
    public void comes() {
        var now = Instant.now();
        beats(new Heartbeat(HealthStatus.HEALTHY, now, now, Duration.ofMillis(3), now, heartbeat.errorCount(), null));
    }

    /** Has the heartbeat fail from now on. */
    public void goes() {
        beats(new Heartbeat(
                HealthStatus.UNHEALTHY,
                Instant.now(),
                heartbeat.lastGood(),
                heartbeat.roundTrip(),
                null,
                heartbeat.errorCount() + 1,
                down()));
    }

    public void beats(Heartbeat verdict) {
        heartbeat = verdict;
        listener.healthChanged(name(), verdict);
    }

    /** What probes find from now on: nothing, or a failure. */
    public void probing(Function<ProbeDepth, Optional<DatabaseFailure>> finding) {
        probing = finding;
    }

    /** How the next transactions fail, one after the other: before their work, or after it if their outcome is not known. */
    public void fails(DatabaseFailure... failures) {
        script.addAll(List.of(failures));
    }

    /** Has no further transaction fail. */
    public void forgetsFailures() {
        script.clear();
    }

    /** The options of all transactions that were begun, or were to be. */
    public List<TransactionOptions> attempts() {
        return List.copyOf(attempts);
    }

    /** Waits until the verdict has been asked for so many times more. */
    public void awaitLooks(int more) {
        int before = looks.get();
        Awaitility.await().until(() -> looks.get() >= before + more);
    }

    /** How many probes there were. */
    public int probes() {
        return probes.get();
    }

    public FakeMigrator scripts() {
        return migrator;
    }

    public int timesClosed() {
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
    public DatabasePlace place() {
        return new DatabasePlace(product, "host.example", 1234, "fake", null);
    }

    @Override
    public HealthProbe health() {
        return this;
    }

    @Override
    public ProbeResult probe(ProbeDepth depth, Duration timeout) {
        probes.incrementAndGet();
        var checkedAt = Instant.now();
        Optional<DatabaseFailure> failure =
                heartbeat.usable() ? probing.apply(depth) : Optional.ofNullable(heartbeat.failure());
        return new ProbeResult(
                depth,
                failure.isPresent() ? HealthStatus.UNHEALTHY : HealthStatus.HEALTHY,
                Duration.ZERO,
                Duration.ofMillis(7),
                stats(),
                checkedAt,
                failure.orElse(null));
    }

    @Override
    public Heartbeat heartbeat() {
        looks.incrementAndGet();
        return heartbeat;
    }

    @Override
    public FakeMigrator migrator() {
        return migrator;
    }

    @Override
    public Introspector introspector() {
        return new FakeIntrospector(this);
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
    public <R extends @Nullable Object, X extends Exception> R inTransaction(
            TransactionOptions options, TransactionWork<R, X> work) throws X {
        if (running.isBound()) {
            return work.run(running.get());
        }
        attempts.add(options);
        if (!heartbeat.usable()) {
            throw down();
        }
        DatabaseFailure failure = script.poll();
        if (failure != null && !(failure instanceof OutcomeUnknown)) {
            throw failure;
        }
        R result = ScopedValue.where(running, new FakeTransaction(options)).<R, X>call(() -> work.run(running.get()));
        if (failure != null) {
            throw failure;
        }
        return result;
    }

    @Override
    public boolean isRunning() {
        return running.isBound();
    }

    @Override
    public List<Holder> holders() {
        return List.of();
    }

    @Override
    public void replaceConnections() {
        replaced.incrementAndGet();
    }

    @Override
    public void close(Duration grace) {
        closed.incrementAndGet();
    }

    private record FakeTransaction(TransactionOptions options) implements Transaction {

        @Override
        public int attempt() {
            return options.attempt();
        }

        @Override
        public void rollbackOnly() {}

        @Override
        public void discardConnection() {}
    }
}

package dev.basalt.adapters.jdbc.pool;

import dev.basalt.adapters.jdbc.connection.ConnectionAttempt;
import dev.basalt.adapters.jdbc.connection.Connector;
import dev.basalt.adapters.jdbc.connection.ConnectorDataSource;
import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.pool.CloseReason;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.ports.BackendListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import net.ttddyy.dsproxy.ConnectionInfo;
import net.ttddyy.dsproxy.proxy.NanoTimeStopwatchFactory;
import net.ttddyy.dsproxy.proxy.ProxyConfig;
import net.ttddyy.dsproxy.proxy.jdk.JdkJdbcProxyFactory;
import org.jspecify.annotations.Nullable;

/**
 * The connections to the database itself, below HikariCP: opens and counts them, notices why they close, and sees every
 * statement. Thread-safe.
 *
 * <p>HikariCP opens connections one after the other, so an attempt that hangs keeps everybody waiting, and after one that
 * failed it rests, longer each time. Both are kept from it here: an attempt that began before the connections were
 * refused or replaced is not waited for, and one that failed is followed by another before HikariCP hears of it.
 */
final class PhysicalConnections extends ConnectorDataSource {

    /** HikariCP ends a connection's life up to a quarter of the lifetime early, so that they do not all end at once. */
    private static final double LIFETIME_SPREAD = 0.75;

    private static final int CLOSING_SECONDS = 1;

    /** The most attempts that are under way at the same time; all but one of them hang, and nobody waits for them. */
    private static final int MOST_ATTEMPTS = 8;

    /** From an attempt that failed to the next one. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** The same where the server has answered, and would have to refuse again and again. */
    private static final Duration PAUSE_IF_REFUSED = Duration.ofSeconds(2);

    private final String pool;
    private final PoolSettings limits;
    private final Connector connector;
    private final Dialect dialect;
    private final Audience audience;
    private final Admission admission;
    private final SessionChanges sessionChanges;
    private final Semaphore attempts = new Semaphore(MOST_ATTEMPTS);
    private final AtomicLong created = new AtomicLong();
    private final Map<CloseReason, Long> closed = new ConcurrentHashMap<>();
    /** By the connection as HikariCP has it. */
    private final Map<Connection, Life> lives = Collections.synchronizedMap(new IdentityHashMap<>());

    private volatile boolean shuttingDown;
    private volatile @Nullable Eviction eviction;
    private volatile @Nullable SQLException openFailure;
    private volatile Runnable onSuspicion = () -> {};
    private volatile Runnable onSilence = () -> {};

    PhysicalConnections(
            String pool,
            PoolSettings limits,
            Connector connector,
            Dialect dialect,
            BackendListener listener,
            Admission admission) {
        super(connector);
        this.pool = pool;
        this.limits = limits;
        this.connector = connector;
        this.dialect = dialect;
        this.audience = new Audience(pool, listener);
        this.admission = admission;
        this.sessionChanges = new SessionChanges(dialect);
    }

    /** Has this called when a connection could not be opened or turned out to be dead. */
    void onSuspicion(Runnable action) {
        onSuspicion = action;
    }

    /** Has this called when nobody answered on an idle connection: others that are idle may be as dead. */
    void onSilence(Runnable action) {
        onSilence = action;
    }

    /** Opens a connection as soon as there is a database that takes it; fails if the pool closes before. */
    @Override
    public Connection getConnection() throws SQLException {
        try {
            while (true) {
                CompletableFuture<Void> round = admission.awaitOpen();
                if (round == null || shuttingDown) {
                    throw closedAlready();
                }
                Connection connection = opened(round);
                if (connection != null) {
                    return connection;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("pool '" + pool + "': interrupted while waiting for the database", "08000", e);
        }
    }

    /** A connection, or {@code null} if there came none in this round, or none yet. */
    private @Nullable Connection opened(CompletableFuture<Void> round) throws SQLException, InterruptedException {
        // Those that hang are bounded by the driver's time-outs, so a place becomes free.
        attempts.acquire();
        var attempt = ConnectionAttempt.start(pool, connector, attempts::release);
        awaitEnd(attempt, round);
        if (round.isDone() || shuttingDown) {
            attempt.giveUp();
            return null;
        }
        try {
            Connection connection = watched(attempt);
            openFailure = null;
            return connection;
        } catch (SQLException e) {
            failed(e, round);
            return null;
        }
    }

    private static void awaitEnd(ConnectionAttempt attempt, CompletableFuture<Void> round) throws InterruptedException {
        try {
            CompletableFuture.anyOf(attempt.arrival(), round).get();
        } catch (ExecutionException e) {
            // Whoever takes the connection sees why there is none.
        } catch (InterruptedException e) {
            attempt.giveUp();
            throw e;
        }
    }

    private void failed(SQLException failure, CompletableFuture<Void> round) throws InterruptedException {
        DatabaseFailure translated = dialect.translate(pool, failure);
        openFailure = failure;
        tell(heard -> heard.connectionFailed(pool, translated));
        onSuspicion.run();
        Duration pause = translated.retryable() ? PAUSE : PAUSE_IF_REFUSED;
        try {
            round.get(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Time for the next attempt.
        }
    }

    private SQLException closedAlready() {
        return new SQLException("pool '" + pool + "' is closed", "08003");
    }

    private Connection watched(ConnectionAttempt attempt) throws SQLException {
        Connection connection = attempt.taken();
        try {
            var life = new Life(
                    this, connection, dialect.statementGuard(connection, limits.queryTimeout()), attempt.startedAt());
            var config = ProxyConfig.Builder.create()
                    .queryListener(life)
                    .methodListener(life)
                    .stopwatchFactory(new NanoTimeStopwatchFactory())
                    .retrieveIsolationLevel(false)
                    .build();
            Connection watched = new JdkJdbcProxyFactory().createConnection(connection, new ConnectionInfo(), config);
            lives.put(watched, life);
            created.incrementAndGet();
            Duration took = Duration.ofNanos(System.nanoTime() - attempt.startedAt());
            tell(heard -> heard.connectionCreated(pool, took));
            return watched;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** What is known of a connection that HikariCP has lent. */
    Life lifeOf(Connection leased) throws SQLException {
        Life life = lives.get(leased.unwrap(Connection.class));
        if (life == null) {
            throw closedAlready();
        }
        return life;
    }

    /**
     * Abandons all connections, idle or in use, to servers that take writes.
     *
     * @return how many
     */
    long abandonPrimary() {
        return List.copyOf(lives.values()).stream()
                .filter(Life::takesWrites)
                .filter(Life::abandon)
                .count();
    }

    /** Why no connection could be opened the last time, unless one was opened since. */
    @Nullable
    SQLException openFailure() {
        return openFailure;
    }

    void tell(Consumer<BackendListener> event) {
        audience.tell(event);
    }

    /**
     * How long HikariCP waits for a connection that is being opened; it asks when it closes. What is opened after that is
     * closed here.
     */
    @Override
    public int getLoginTimeout() {
        return shuttingDown ? CLOSING_SECONDS : (int) limits.connectTimeout().toSeconds();
    }

    /** From now on, every connection that closes does so because the pool is closed. */
    void shuttingDown() {
        shuttingDown = true;
    }

    /** Waits a little for the attempts under way, so that nothing outlasts the pool; tells whether they ended. */
    boolean awaitAttempts() throws InterruptedException {
        return attempts.tryAcquire(MOST_ATTEMPTS, CLOSING_SECONDS, TimeUnit.SECONDS);
    }

    boolean isShuttingDown() {
        return shuttingDown;
    }

    /** From now on, what was opened before, or began to be, closes for this reason, unless it has broken. */
    void evicting(CloseReason reason) {
        eviction = new Eviction(System.nanoTime(), reason);
        admission.nextRound();
    }

    /** Why the connection was given up with all others of its time, or {@code null} if it was not. */
    @Nullable
    CloseReason evicted(Life life) {
        Eviction last = eviction;
        return last != null && life.openedAt() - last.at < 0 ? last.reason : null;
    }

    /** Takes in that a connection is dead. */
    void failedValidation(Life life, boolean silent) {
        onSuspicion.run();
        // Of many that turn out to be dead at the same time, the first one speaks for all.
        if (silent && evicted(life) == null) {
            onSilence.run();
        }
    }

    /** Takes in that a connection closes. */
    void ended(Life life, CloseReason reason) {
        closed.merge(reason, 1L, Long::sum);
        lives.values().remove(life);
        tell(heard -> heard.connectionClosed(pool, reason));
    }

    boolean isLifetime(long nanos) {
        return !limits.maxLifetime().isZero() && nanos >= limits.maxLifetime().toNanos() * LIFETIME_SPREAD;
    }

    boolean isIdleTime(long nanos) {
        return !limits.idleTimeout().isZero() && nanos >= limits.idleTimeout().toNanos();
    }

    boolean changesSession(String sql) {
        return sessionChanges.isOne(sql);
    }

    String pool() {
        return pool;
    }

    Dialect dialect() {
        return dialect;
    }

    long created() {
        return created.get();
    }

    Map<CloseReason, Long> closed() {
        return closed;
    }

    /** That all connections opened before were given up, and why. */
    private record Eviction(long at, CloseReason reason) {}
}

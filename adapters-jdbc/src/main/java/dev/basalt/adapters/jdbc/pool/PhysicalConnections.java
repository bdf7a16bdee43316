package dev.basalt.adapters.jdbc.pool;

import dev.basalt.adapters.jdbc.dialect.Dialect;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import net.ttddyy.dsproxy.ConnectionInfo;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.MethodExecutionContext;
import net.ttddyy.dsproxy.listener.MethodExecutionListener;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.proxy.NanoTimeStopwatchFactory;
import net.ttddyy.dsproxy.proxy.ProxyConfig;
import net.ttddyy.dsproxy.proxy.jdk.JdkJdbcProxyFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to the database itself, below HikariCP: opens and counts them, notices why they close, and sees every
 * statement. Thread-safe.
 *
 * <p>HikariCP does not tell why it closes a connection, so the reason is read off the connection: whether the pool was
 * closing, whether it had broken, how old it was and how long unused.
 */
final class PhysicalConnections extends ConnectorDataSource {

    /** HikariCP ends a connection's life up to a quarter of the lifetime early, so that they do not all end at once. */
    private static final double LIFETIME_SPREAD = 0.75;

    private static final int CLOSING_SECONDS = 1;

    private static final Logger LOG = LoggerFactory.getLogger(PhysicalConnections.class);

    private final String pool;
    private final PoolSettings limits;
    private final Dialect dialect;
    private final BackendListener listener;
    private final Admission admission;
    private final AtomicLong created = new AtomicLong();
    private final Map<CloseReason, Long> closed = new ConcurrentHashMap<>();
    /** By the connection as HikariCP has it. */
    private final Map<Connection, Life> lives = Collections.synchronizedMap(new IdentityHashMap<>());

    private volatile boolean shuttingDown;
    private volatile @Nullable Eviction eviction;

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
        this.dialect = dialect;
        this.listener = listener;
        this.admission = admission;
    }

    /** Opens a connection once the database is there: HikariCP would try in vain, and wait longer after each attempt. */
    @Override
    public Connection getConnection() throws SQLException {
        awaitAdmission();
        long start = System.nanoTime();
        try {
            Connection connection = super.getConnection();
            try {
                if (shuttingDown) {
                    // HikariCP may be gone by now, and would leave it open.
                    throw closedAlready();
                }
                return watched(connection, Duration.ofNanos(System.nanoTime() - start));
            } catch (SQLException | RuntimeException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            if (!shuttingDown) {
                tell(() -> listener.connectionFailed(pool, dialect.translate(pool, e)));
            }
            throw e;
        }
    }

    private void awaitAdmission() throws SQLException {
        try {
            if (!admission.awaitOpen()) {
                throw closedAlready();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("pool '" + pool + "': interrupted while waiting for the database", "08000", e);
        }
    }

    private SQLException closedAlready() {
        return new SQLException("pool '" + pool + "' is closed", "08003");
    }

    private Connection watched(Connection connection, Duration took) throws SQLException {
        var life = new Life(dialect.statementGuard(connection, limits.queryTimeout()));
        var config = ProxyConfig.Builder.create()
                .queryListener(life)
                .methodListener(life)
                .stopwatchFactory(new NanoTimeStopwatchFactory())
                .retrieveIsolationLevel(false)
                .build();
        Connection watched = new JdkJdbcProxyFactory().createConnection(connection, new ConnectionInfo(), config);
        life.watched = watched;
        lives.put(watched, life);
        created.incrementAndGet();
        tell(() -> listener.connectionCreated(pool, took));
        return watched;
    }

    /** What is known of a connection that HikariCP has lent. */
    Life lifeOf(Connection leased) throws SQLException {
        Life life = lives.get(leased.unwrap(Connection.class));
        if (life == null) {
            throw closedAlready();
        }
        return life;
    }

    void tell(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException e) {
            LOG.warn("pool '{}': a listener failed", pool, e);
        }
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

    /** From now on, what was opened before closes for this reason, unless it has broken. */
    void evicting(CloseReason reason) {
        eviction = new Eviction(System.nanoTime(), reason);
    }

    long created() {
        return created.get();
    }

    Map<CloseReason, Long> closed() {
        return closed;
    }

    /** That all connections opened before were given up, and why. */
    private record Eviction(long at, CloseReason reason) {}

    /** One connection from its opening to its close. */
    final class Life implements MethodExecutionListener, QueryExecutionListener {
        private final Runnable guard;
        private final long openedAt = System.nanoTime();
        private volatile long usedAt = openedAt;
        private volatile boolean broken;
        private volatile boolean tainted;
        private volatile @Nullable String running;
        private boolean over;
        /** The connection as HikariCP has it. */
        private volatile @Nullable Connection watched;

        Life(Runnable guard) {
            this.guard = guard;
        }

        @Override
        public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {
            guard.run();
            running = queries.getFirst().getQuery();
            tainted |= queries.stream().anyMatch(query -> dialect.changesSession(query.getQuery()));
        }

        @Override
        public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
            running = null;
            usedAt = System.nanoTime();
            Duration took = Duration.ofNanos(execution.getElapsedTime());
            queries.forEach(query ->
                    tell(() -> listener.statementExecuted(pool, query.getQuery(), took, execution.isSuccess())));
        }

        /** Tells whether a statement changed what outlasts a transaction, so that nobody else may get the connection. */
        boolean isTainted() {
            return tainted;
        }

        /** The statement that runs now. */
        @Nullable
        String running() {
            return running;
        }

        @Override
        public void beforeMethod(MethodExecutionContext call) {
            if (call.getTarget() instanceof Connection connection
                    && (call.getMethod().getName().equals("close")
                            || call.getMethod().getName().equals("abort"))) {
                end(connection);
            }
        }

        @Override
        public void afterMethod(MethodExecutionContext call) {
            if (call.getMethod().getName().equals("isValid")) {
                broken |= !Boolean.TRUE.equals(call.getResult());
            }
        }

        private synchronized void end(Connection connection) {
            if (over) {
                return;
            }
            over = true;
            CloseReason reason = reason(connection);
            closed.merge(reason, 1L, Long::sum);
            lives.remove(watched);
            tell(() -> listener.connectionClosed(pool, reason));
        }

        private CloseReason reason(Connection connection) {
            if (shuttingDown) {
                return CloseReason.SHUTDOWN;
            }
            if (broken || isClosed(connection)) {
                return CloseReason.FAULT;
            }
            Eviction evicted = eviction;
            if (evicted != null && openedAt - evicted.at < 0) {
                return evicted.reason;
            }
            long now = System.nanoTime();
            if (!limits.maxLifetime().isZero()
                    && now - openedAt >= limits.maxLifetime().toNanos() * LIFETIME_SPREAD) {
                return CloseReason.LIFETIME;
            }
            if (!limits.idleTimeout().isZero()
                    && now - usedAt >= limits.idleTimeout().toNanos()) {
                return CloseReason.IDLE;
            }
            return CloseReason.FAULT;
        }

        private static boolean isClosed(Connection connection) {
            try {
                return connection.isClosed();
            } catch (SQLException e) {
                return true;
            }
        }
    }
}

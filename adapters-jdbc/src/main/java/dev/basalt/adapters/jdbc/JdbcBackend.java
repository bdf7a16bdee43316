package dev.basalt.adapters.jdbc;

import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.adapters.jdbc.health.Heart;
import dev.basalt.adapters.jdbc.health.JdbcHealthProbe;
import dev.basalt.adapters.jdbc.health.Routes;
import dev.basalt.adapters.jdbc.pool.Leases;
import dev.basalt.adapters.jdbc.transaction.Dispatcher;
import dev.basalt.adapters.jdbc.transaction.JdbcSession;
import dev.basalt.adapters.jdbc.transaction.JdbcTransactions;
import dev.basalt.domain.settings.DatabasePlace;
import dev.basalt.domain.settings.HealthSettings;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import dev.basalt.ports.ConnectionPool;
import dev.basalt.ports.HealthProbe;
import dev.basalt.ports.Introspector;
import dev.basalt.ports.Migrator;
import dev.basalt.ports.TransactionRunner;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;

/** A database over JDBC: the parts that are the same for all, and the two that each adapter brings. */
public final class JdbcBackend implements Backend {

    private final Dialect dialect;
    private final DatabasePlace place;
    private final Leases leases;
    private final JdbcTransactions transactions;
    private final JdbcSession session;
    private final Heart heart;
    private final HealthProbe health;
    private final Migrator migrator;
    private final Introspector introspector;
    private final Runnable afterClose;

    /**
     * Assembles a backend, and begins to watch the database.
     *
     * @param place where the database is
     * @param heartbeat where the heartbeat's connections lead, see {@link Heart}
     * @param watched how closely the database is watched
     * @param listener who is told of the verdicts
     * @param introspector makes the adapter's introspector from the transactions to run in and the session to ask
     * @param afterClose what is to be done when all connections are closed
     */
    public JdbcBackend(
            Dialect dialect,
            DatabasePlace place,
            Leases leases,
            Routes heartbeat,
            HealthSettings watched,
            BackendListener listener,
            Dispatcher dispatcher,
            Migrator migrator,
            BiFunction<TransactionRunner, JdbcSession, Introspector> introspector,
            Runnable afterClose) {
        this.dialect = dialect;
        this.place = place;
        this.leases = leases;
        this.heart = new Heart(leases, heartbeat, dialect, listener, watched);
        this.transactions = new JdbcTransactions(leases, dialect, dispatcher, heart);
        this.session = new JdbcSession(transactions, dialect, leases.name());
        this.health = new JdbcHealthProbe(leases, dialect, heart);
        this.migrator = migrator;
        this.introspector = introspector.apply(transactions, session);
        this.afterClose = afterClose;
        leases.onReplacement(heart::renew);
        leases.onSuspicion(heart::lostConnection);
        heart.start();
    }

    @Override
    public String product() {
        return dialect.product();
    }

    @Override
    public DatabasePlace place() {
        return place;
    }

    @Override
    public ConnectionPool pool() {
        return leases;
    }

    @Override
    public HealthProbe health() {
        return health;
    }

    @Override
    public Migrator migrator() {
        return migrator;
    }

    @Override
    public Introspector introspector() {
        return introspector;
    }

    @Override
    public JdbcTransactions transactions() {
        return transactions;
    }

    /** Statements in the running transaction, for adapters. */
    public JdbcSession session() {
        return session;
    }

    @Override
    public <T> Optional<T> unwrap(Class<T> type) {
        return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
    }

    @Override
    public void close(Duration grace) {
        // From the last one to the first, each whatever became of those before.
        try (Part _ = afterClose::run;
                Part _ = transactions::close;
                Part _ = heart::close) {
            leases.close(grace);
        }
    }

    @FunctionalInterface
    private interface Part extends AutoCloseable {
        @Override
        void close();
    }
}

package dev.basalt.adapters.jdbc;

import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.adapters.jdbc.pool.Leases;
import dev.basalt.adapters.jdbc.transaction.Dispatcher;
import dev.basalt.adapters.jdbc.transaction.JdbcSession;
import dev.basalt.adapters.jdbc.transaction.JdbcTransactions;
import dev.basalt.ports.Backend;
import dev.basalt.ports.ConnectionPool;
import dev.basalt.ports.HealthProbe;
import dev.basalt.ports.Introspector;
import dev.basalt.ports.Migrator;
import dev.basalt.ports.TransactionRunner;
import java.util.Optional;
import java.util.function.BiFunction;

/** A database over JDBC: the parts that are the same for all, and the two that each adapter brings. */
public final class JdbcBackend implements Backend {

    private final Dialect dialect;
    private final Leases leases;
    private final JdbcTransactions transactions;
    private final JdbcSession session;
    private final HealthProbe health;
    private final Migrator migrator;
    private final Introspector introspector;
    private final Runnable afterClose;

    /**
     * Assembles a backend.
     *
     * @param introspector makes the adapter's introspector from the transactions to run in and the session to ask
     * @param afterClose what is to be done when all connections are closed
     */
    public JdbcBackend(
            Dialect dialect,
            Leases leases,
            Dispatcher dispatcher,
            Migrator migrator,
            BiFunction<TransactionRunner, JdbcSession, Introspector> introspector,
            Runnable afterClose) {
        this.dialect = dialect;
        this.leases = leases;
        this.transactions = new JdbcTransactions(leases, dialect, dispatcher);
        this.session = new JdbcSession(transactions, dialect, leases.name());
        this.health = new JdbcHealthProbe(leases, dialect);
        this.migrator = migrator;
        this.introspector = introspector.apply(transactions, session);
        this.afterClose = afterClose;
    }

    @Override
    public String product() {
        return dialect.product();
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
    public void close() {
        leases.close();
        transactions.close();
        afterClose.run();
    }
}

package dev.basalt.adapters.jdbc.bridge;

import dev.basalt.adapters.jdbc.transaction.JdbcTransactions;
import dev.basalt.adapters.jdbc.transaction.RunningTransaction;
import dev.basalt.domain.transaction.Access;
import dev.basalt.domain.transaction.Isolation;
import dev.basalt.domain.transaction.Nesting;
import dev.basalt.domain.transaction.TransactionOptions;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.transaction.TransactionCallback;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.TransactionStatus;
import io.micronaut.transaction.exceptions.NoTransactionException;
import io.micronaut.transaction.exceptions.TransactionSuspensionNotSupportedException;
import io.micronaut.transaction.support.ExceptionUtil;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Micronaut's transactions, run as Basalt's. Thread-safe.
 *
 * <p>There is one connection to a transaction and no way to suspend one: what asks for a second transaction, or for none,
 * inside a running one is refused. Outside of one, each propagation but MANDATORY begins a transaction.
 */
final class BridgedTransactions implements TransactionOperations<Connection> {

    private final JdbcTransactions transactions;
    private final ConnectionOperations<Connection> connections;

    BridgedTransactions(JdbcTransactions transactions, ConnectionOperations<Connection> connections) {
        this.transactions = transactions;
        this.connections = connections;
    }

    @Override
    public Connection getConnection() {
        return connections.getConnectionStatus().getConnection();
    }

    @Override
    public boolean hasConnection() {
        return transactions.current().isPresent();
    }

    @Override
    public Optional<? extends TransactionStatus<?>> findTransactionStatus() {
        return transactions.current().map(running -> status(running, TransactionDefinition.DEFAULT, false));
    }

    @Override
    public <R> @Nullable R execute(TransactionDefinition definition, TransactionCallback<Connection, R> callback) {
        Optional<RunningTransaction> outer = transactions.current();
        requirePossible(definition, outer.isPresent());
        var tolerated = new AtomicReference<@Nullable Exception>();
        @Nullable
        R result = transactions.<@Nullable R, RuntimeException>inTransaction(options(definition, outer), _ -> {
            var status = status(transactions.current().orElseThrow(), definition, outer.isEmpty());
            try {
                return callback.call(status);
            } catch (Exception e) {
                if (!definition.rollbackOn(e)) {
                    tolerated.set(e);
                    return null;
                }
                return ExceptionUtil.sneakyThrow(e);
            }
        });
        Exception thrown = tolerated.get();
        return thrown == null ? result : ExceptionUtil.sneakyThrow(thrown);
    }

    private static void requirePossible(TransactionDefinition definition, boolean inside) {
        switch (definition.getPropagationBehavior()) {
            case MANDATORY -> {
                if (!inside) {
                    throw new NoTransactionException("a running transaction is mandatory, and there is none");
                }
            }
            case REQUIRES_NEW, NOT_SUPPORTED, NEVER -> {
                if (inside) {
                    throw new TransactionSuspensionNotSupportedException(
                            definition.getPropagationBehavior() + " inside a running transaction is refused");
                }
            }
            case REQUIRED, SUPPORTS, NESTED -> {}
        }
    }

    /** What the definition leaves open, the running transaction answers. */
    private static TransactionOptions options(TransactionDefinition definition, Optional<RunningTransaction> outer) {
        Access access = definition
                .isReadOnly()
                .map(readOnly -> readOnly ? Access.READ : Access.WRITE)
                .orElse(outer.map(running -> running.options().access()).orElse(Access.WRITE));
        Isolation isolation = definition
                .getIsolationLevel()
                .map(BridgedTransactions::isolation)
                .orElse(Isolation.READ_COMMITTED);
        Nesting nesting = definition.getPropagationBehavior() == TransactionDefinition.Propagation.NESTED
                ? Nesting.SAVEPOINT
                : Nesting.JOIN;
        Duration timeout =
                definition.getTimeout().filter(limit -> limit.toMillis() > 0).orElse(null);
        return (access == Access.READ ? TransactionOptions.READ : TransactionOptions.WRITE)
                .withIsolation(isolation)
                .withNesting(nesting)
                .withTimeout(timeout);
    }

    private static Isolation isolation(TransactionDefinition.Isolation level) {
        return switch (level) {
            case DEFAULT, READ_UNCOMMITTED, READ_COMMITTED -> Isolation.READ_COMMITTED;
            case REPEATABLE_READ -> Isolation.REPEATABLE_READ;
            case SERIALIZABLE -> Isolation.SERIALIZABLE;
        };
    }

    private BridgedStatus status(RunningTransaction running, TransactionDefinition definition, boolean begun) {
        return new BridgedStatus(running, definition, begun, connections.getConnectionStatus());
    }
}

package dev.basalt.adapters.jdbc.bridge;

import dev.basalt.adapters.jdbc.transaction.RunningTransaction;
import dev.basalt.domain.transaction.Access;
import io.micronaut.data.connection.ConnectionStatus;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionStatus;
import io.micronaut.transaction.support.TransactionSynchronization;
import java.sql.Connection;

/** A running transaction as Micronaut sees it; for the thread that it runs on. */
final class BridgedStatus implements TransactionStatus<Connection> {

    private final RunningTransaction running;
    private final RunningTransaction.Scope scope;
    private final TransactionDefinition definition;
    private final boolean begun;
    private final ConnectionStatus<Connection> connection;
    private boolean completed;

    BridgedStatus(
            RunningTransaction running,
            TransactionDefinition definition,
            boolean begun,
            ConnectionStatus<Connection> connection) {
        this.running = running;
        this.scope = running.scope();
        this.definition = definition;
        this.begun = begun;
        this.connection = connection;
        running.onCompletion(new RunningTransaction.CompletionListener() {
            @Override
            public void beforeCommit() {}

            @Override
            public void afterCompletion(RunningTransaction.End end) {
                completed = true;
            }
        });
    }

    @Override
    public Object getTransaction() {
        return running;
    }

    @Override
    public ConnectionStatus<Connection> getConnectionStatus() {
        return connection;
    }

    @Override
    public boolean isNewTransaction() {
        return begun;
    }

    @Override
    public void setRollbackOnly() {
        scope.rollbackOnly();
    }

    @Override
    public boolean isRollbackOnly() {
        return scope.isRollbackOnly();
    }

    @Override
    public boolean isCompleted() {
        return completed;
    }

    @Override
    public TransactionDefinition getTransactionDefinition() {
        return definition;
    }

    @Override
    public void registerSynchronization(TransactionSynchronization synchronization) {
        boolean readOnly = running.options().access() == Access.READ;
        running.onCompletion(new RunningTransaction.CompletionListener() {
            private boolean toldOfCompletion;

            @Override
            public void beforeCommit() {
                synchronization.beforeCommit(readOnly);
                tellOfCompletion();
            }

            @Override
            public void afterCompletion(RunningTransaction.End end) {
                tellOfCompletion();
                if (end == RunningTransaction.End.COMMITTED) {
                    synchronization.afterCommit();
                }
                synchronization.afterCompletion(
                        switch (end) {
                            case COMMITTED -> TransactionSynchronization.Status.COMMITTED;
                            case ROLLED_BACK -> TransactionSynchronization.Status.ROLLED_BACK;
                            case UNKNOWN -> TransactionSynchronization.Status.UNKNOWN;
                        });
            }

            private void tellOfCompletion() {
                if (!toldOfCompletion) {
                    toldOfCompletion = true;
                    synchronization.beforeCompletion();
                }
            }
        });
    }
}

package dev.basalt.adapters.jdbc.bridge;

import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.annotation.Transactional;
import io.micronaut.transaction.support.TransactionSynchronization;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.List;

/** A service that knows Micronaut's transactions and nothing of Basalt's. */
@Singleton
class NoteKeeper {

    private final Notes notes;
    private final TransactionOperations<Connection> transactions;

    NoteKeeper(Notes notes, TransactionOperations<Connection> transactions) {
        this.notes = notes;
        this.transactions = transactions;
    }

    @Transactional
    void keep(long id) {
        notes.add(id, "kept");
    }

    @Transactional
    void keepAndFail(long id) {
        notes.add(id, "failed");
        throw new Refused();
    }

    @Transactional(noRollbackFor = Refused.class)
    void keepAndFailTolerably(long id) {
        notes.add(id, "tolerated");
        throw new Refused();
    }

    @Transactional
    void keepAndRollBack(long id) {
        notes.add(id, "undone");
        transactions.findTransactionStatus().orElseThrow().setRollbackOnly();
    }

    @Transactional(readOnly = true)
    void keepWhileReading(long id) {
        notes.add(id, "never");
    }

    @Transactional(propagation = TransactionDefinition.Propagation.REQUIRES_NEW)
    void keepInAnother(long id) {
        notes.add(id, "another");
    }

    @Transactional(propagation = TransactionDefinition.Propagation.NESTED)
    void keepBehindSavepointAndFail(long id) {
        notes.add(id, "undone");
        throw new Refused();
    }

    @Transactional(propagation = TransactionDefinition.Propagation.MANDATORY)
    void keepInsideOnly(long id) {
        notes.add(id, "inside");
    }

    @Transactional(isolation = TransactionDefinition.Isolation.SERIALIZABLE)
    void keepSerializably(long id) {
        notes.add(id, "serializable");
    }

    @Transactional
    void keepAndTell(long id, List<String> told) {
        notes.add(id, "told");
        transactions.findTransactionStatus().orElseThrow().registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                told.add("before commit");
            }

            @Override
            public void beforeCompletion() {
                told.add("before completion");
            }

            @Override
            public void afterCommit() {
                told.add("after commit");
            }

            @Override
            public void afterCompletion(Status status) {
                told.add("after completion: " + status);
            }
        });
    }

    @Transactional
    void keepAndThen(long id, Runnable afterwards) {
        notes.add(id, "kept");
        transactions.findTransactionStatus().orElseThrow().registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(Status status) {
                afterwards.run();
            }
        });
    }

    /** What the keeper throws. */
    static final class Refused extends RuntimeException {}
}

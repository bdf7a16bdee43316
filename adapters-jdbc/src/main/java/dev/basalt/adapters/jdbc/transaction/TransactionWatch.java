package dev.basalt.adapters.jdbc.transaction;

import dev.basalt.domain.failure.DatabaseFailure;

/** Is told of transactions whose end says something about the database. Thread-safe. */
public interface TransactionWatch {

    /** A transaction has lost its connection. */
    void lostConnection();

    /** A transaction that was to write failed because no writes are taken. */
    void refused(DatabaseFailure.ReadOnly failure);

    /** Tells whether it matters that something is written; to find that out takes a question to the database. */
    boolean isSuspicious();

    /** A transaction that wrote something was committed. */
    void wrote();
}

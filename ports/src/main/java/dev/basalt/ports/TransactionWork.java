package dev.basalt.ports;

import org.jspecify.annotations.Nullable;

/** What is done in a transaction. */
@FunctionalInterface
public interface TransactionWork<R extends @Nullable Object, X extends Exception> {

    /** Does it, in the given transaction, which ends when this returns or throws. */
    R run(Transaction transaction) throws X;
}

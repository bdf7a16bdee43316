package dev.basalt.ports;

import dev.basalt.domain.transaction.TransactionOptions;
import org.jspecify.annotations.Nullable;

/**
 * Runs work in a transaction of one database.
 *
 * <p>Inside the work, everything that the backend's adapters do takes part in the transaction. It commits when the work
 * returns and rolls back when the work throws, whatever it throws; the connection goes back as clean as it came. The
 * work may run on a thread of the backend's own, so it must not rely on thread-locals of the caller; an interrupt of
 * the caller reaches it. Work inside work belongs to the same transaction if it runs on the same thread. Thread-safe.
 */
public interface TransactionRunner {

    /**
     * Runs the work.
     *
     * <p>Called inside a running transaction of the same database, it takes part as {@link
     * dev.basalt.domain.transaction.Nesting} says, and is refused with {@link IllegalStateException} if it asks for more
     * than that one gives: writes where it reads, or a stronger isolation than it asked for.
     *
     * @param options how the transaction is to run
     * @param work what to do
     * @return what the work returned, after the commit
     * @throws X what the work threw, after the roll-back; what the roll-back threw besides is suppressed in it
     * @throws dev.basalt.domain.failure.DatabaseFailure if there is no connection, the begin or the commit fails, or
     *     the work ran into the database's refusal: {@code TimedOut} when the time-out has passed, {@code
     *     OutcomeUnknown} when the connection is lost while committing what writes
     * @throws IllegalStateException if it is refused, or if a joined call failed and the work went on as if it had not:
     *     then all of it is rolled back
     */
    <R extends @Nullable Object, X extends Exception> R inTransaction(
            TransactionOptions options, TransactionWork<R, X> work) throws X;

    /** Tells whether a transaction of this database is running on the calling thread, in which a call would take part. */
    boolean isRunning();
}

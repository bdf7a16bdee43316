package dev.basalt.ports;

import dev.basalt.domain.pool.Holder;
import dev.basalt.domain.pool.PoolStats;
import dev.basalt.domain.settings.PoolSettings;
import java.util.List;

/**
 * The connections of one database, seen from outside: whoever wants to use one runs a transaction.
 *
 * <p>Callers are served in the order in which they came. One that waits longer than the acquire time-out fails with
 * {@link dev.basalt.domain.failure.DatabaseFailure.PoolExhausted}; one whose thread is interrupted meanwhile fails with
 * {@link dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed} and stays interrupted. Thread-safe.
 */
public interface ConnectionPool {

    /** The pool's name. */
    String name();

    /** The sizes and time-outs that are in force. */
    PoolSettings settings();

    /** What the pool did since it was opened. */
    PoolStats stats();

    /** Who has a connection now, in the order in which they got them. */
    List<Holder> holders();

    /**
     * Has every connection replaced by a new one: those that are idle now, those in use when they are given back. No
     * caller notices.
     */
    void replaceConnections();

    /**
     * Tells whether the pool is closed or closing; then it fails every new caller with a {@code ConnectionFailed}, though
     * what is under way may still have its connections.
     */
    boolean isClosed();
}

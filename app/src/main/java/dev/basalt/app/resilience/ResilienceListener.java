package dev.basalt.app.resilience;

import dev.basalt.domain.failure.DatabaseFailure;

/**
 * Is told what became of the transactions of the pools, each counted once however often it was attempted. Every bean of this
 * type is told, on the caller's thread, so it must be quick; what it throws is lost. Implementations are thread-safe.
 *
 * <p>The state of a circuit that has not changed yet is CLOSED; {@code Resilience.circuit(pool)} tells it at any time.
 */
public interface ResilienceListener {

    /**
     * Work failed and is about to wait for another attempt.
     *
     * @param attempt which attempt failed, from 1
     */
    default void retried(String pool, int attempt, DatabaseFailure failure) {}

    /**
     * Work succeeded that had failed before.
     *
     * @param attempts how many attempts it took, from 2
     */
    default void recovered(String pool, int attempts) {}

    /**
     * Work failed for good though its failure, or one before it, might pass.
     *
     * @param attempts how many attempts were made, from 1
     * @param failure what the caller is told
     */
    default void gaveUp(String pool, int attempts, GaveUp reason, DatabaseFailure failure) {}

    /** A call failed for good, for whatever reason of the database's; also after {@link #gaveUp}. */
    default void failed(String pool, DatabaseFailure failure) {}

    /** A circuit has another state than before. */
    default void circuitChanged(String pool, CircuitState from, CircuitState to) {}
}

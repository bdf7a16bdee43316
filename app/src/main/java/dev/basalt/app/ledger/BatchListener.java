package dev.basalt.app.ledger;

import java.time.Duration;

/** Is told of orders that were committed together. Implementations are thread-safe, quick, and do not throw. */
public interface BatchListener {

    /**
     * So many orders were committed at once.
     *
     * @param size how many, at least 1
     * @param took until then, the wait for a connection and attempts that failed included
     */
    void committed(int size, Duration took);

    /** An order was turned away before anything was tried: too many were waiting, or it had waited for too long. */
    void refused();
}

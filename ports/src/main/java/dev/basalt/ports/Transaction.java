package dev.basalt.ports;

/** The transaction that work runs in, as the work sees it. For the thread that the work runs on. */
public interface Transaction {

    /** Which attempt at the whole work this is, from 1, as the transaction's options said. */
    int attempt();

    /**
     * Has the transaction rolled back instead of committed once the work returns. Behind a savepoint, just the work's
     * own part.
     */
    void rollbackOnly();

    /**
     * Has the connection closed instead of given back when the transaction is over. For work that runs SQL of which nobody
     * knows whether it changes what outlasts a transaction: settings, temporary tables, session locks, the role.
     */
    void discardConnection();
}

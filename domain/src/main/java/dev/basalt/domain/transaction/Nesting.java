package dev.basalt.domain.transaction;

/** What a call does when a transaction of the same database is already running; without one, it begins one. */
public enum Nesting {
    /**
     * Takes part in the running transaction; a failure that leaves the call dooms all of it, or all behind the
     * savepoint that the call is in.
     */
    JOIN,
    /** Takes part behind a savepoint; a failure that leaves the call undoes just the call's own work. */
    SAVEPOINT
}

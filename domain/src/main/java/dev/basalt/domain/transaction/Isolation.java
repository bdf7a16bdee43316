package dev.basalt.domain.transaction;

/**
 * How far a transaction is kept apart from others, from the weakest to the strongest (ISO/IEC 9075).
 *
 * <p>A backend that lacks a level gives the nearest stronger one: SQLite runs everything as {@link #SERIALIZABLE}.
 */
public enum Isolation {
    READ_COMMITTED,
    REPEATABLE_READ,
    SERIALIZABLE;

    /** Tells whether this level forbids more than the other. */
    public boolean strongerThan(Isolation other) {
        return compareTo(other) > 0;
    }
}

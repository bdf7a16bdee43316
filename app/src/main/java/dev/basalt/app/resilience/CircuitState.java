package dev.basalt.app.resilience;

import java.util.Locale;

/** Whether calls are let through to a database. */
public enum CircuitState {
    /** They are. */
    CLOSED,
    /** They fail at once, and the database is not asked. */
    OPEN,
    /** One is, as a trial; all others fail at once until it has ended. */
    HALF_OPEN;

    /** The state as documents have it: lower case, with underscores. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}

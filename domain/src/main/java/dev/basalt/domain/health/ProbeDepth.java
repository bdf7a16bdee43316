package dev.basalt.domain.health;

/** How deeply a probe looks. */
public enum ProbeDepth {
    /** The driver's own validity check. */
    PING,
    /** A real statement. */
    QUERY,
    /** Writes, reads back, joins and deletes in a table that is there for that, and leaves nothing in it. */
    DEEP
}

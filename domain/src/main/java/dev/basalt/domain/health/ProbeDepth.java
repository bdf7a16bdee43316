package dev.basalt.domain.health;

/** How deeply a probe looks. */
public enum ProbeDepth {
    /** The driver's own validity check. */
    PING,
    /** A real statement. */
    QUERY
}

package dev.basalt.app.health;

import dev.basalt.domain.health.ProbeResult;

/**
 * Is told what probes through the pools have found, on the thread that probed, so it must be quick. Every bean of this type
 * is told. Implementations are thread-safe and do not throw.
 */
public interface ProbeListener {

    /** A pool was probed. */
    void probed(String pool, ProbeResult result);
}

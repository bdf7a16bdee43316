package dev.basalt.ports;

import dev.basalt.domain.health.Heartbeat;
import dev.basalt.domain.health.ProbeDepth;
import dev.basalt.domain.health.ProbeResult;
import java.time.Duration;

/** Looks how well a database is. Thread-safe. */
public interface HealthProbe {

    /**
     * Probes the database and never throws: what goes wrong is in the result.
     *
     * <p>A pool without a free connection is DEGRADED; a database that cannot be reached, refuses, or does not answer in
     * time is UNHEALTHY. A probe leaves nothing behind: a connection that did not answer is closed, not given back.
     *
     * @param depth how deeply to look
     * @param timeout the longest that the whole probe takes, waiting for a connection included; at least 1 ms
     */
    ProbeResult probe(ProbeDepth depth, Duration timeout);

    /**
     * The standing verdict, at once: it waits for nothing. While it says UNHEALTHY, callers of the pool fail at once with
     * its failure, and no connection is opened for them.
     */
    Heartbeat heartbeat();
}

package dev.basalt.app.command;

import dev.basalt.app.backends.Backends;
import dev.basalt.app.lifecycle.Migrations;
import dev.basalt.app.settings.PoolConfiguration;
import dev.basalt.app.settings.Providers;
import dev.basalt.app.settings.Settings;
import dev.basalt.domain.health.ProbeDepth;
import dev.basalt.domain.health.ProbeResult;
import dev.basalt.ports.HealthProbe;
import java.time.Duration;

/** The databases of the settings, open for one command. */
record Databases(Settings settings, Backends backends, Migrations migrations) implements AutoCloseable {

    static Databases of(Settings settings) {
        Backends backends = Backends.opened(settings, Providers.installed());
        return new Databases(settings, backends, new Migrations(backends, settings.migrations()));
    }

    /** Probes a database just opened, once its first heartbeat has come or failed. */
    ProbeResult probe(PoolConfiguration pool, ProbeDepth depth) throws InterruptedException {
        HealthProbe health = backends.get(pool.name()).health();
        Duration timeout = pool.database().health().pingTimeout();
        long deadline = System.nanoTime() + timeout.toNanos();
        // Asks again and again: listeners are told of a verdict that changes, and one that was UNHEALTHY from the start
        // and is
        // confirmed by the first heartbeat does not.
        while (!health.heartbeat().usable() && health.heartbeat().errorCount() == 0 && System.nanoTime() < deadline) {
            Thread.sleep(Duration.ofMillis(10));
        }
        return health.probe(depth, timeout);
    }

    @Override
    public void close() {
        backends.close();
    }
}

package dev.basalt.app.command;

import dev.basalt.app.backends.Backends;
import dev.basalt.app.lifecycle.Migrations;
import dev.basalt.app.settings.Providers;
import dev.basalt.app.settings.Settings;
import dev.basalt.ports.HealthProbe;

/** The databases of the settings, open for one command. */
record Databases(Settings settings, Backends backends, Migrations migrations) implements AutoCloseable {

    static Databases of(Settings settings) {
        Backends backends = Backends.opened(settings, Providers.installed());
        return new Databases(settings, backends, new Migrations(backends, settings.migrations()));
    }

    HealthProbe health(String pool) {
        return backends.get(pool).health();
    }

    @Override
    public void close() {
        backends.close();
    }
}

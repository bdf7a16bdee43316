package dev.basalt.app.backends;

import dev.basalt.app.settings.Providers;
import dev.basalt.app.settings.Settings;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;

/**
 * Opens the configured backends while the context starts, so that a fault in the settings ends the start; a database that
 * is down does not.
 */
@Factory
final class BackendsFactory {

    @Context
    @Bean(preDestroy = "close")
    Backends backends(Settings settings, Providers providers, List<BackendListener> listeners) {
        var backends = new Backends(
                providers,
                pool -> new Listeners(Stream.concat(Stream.of(new BackendLog(pool.statements())), listeners.stream())
                        .toList()));
        backends.open(settings.pools());
        return backends;
    }

    @Singleton
    @Primary
    Backend primary(Backends backends) {
        return backends.primary();
    }
}

package dev.basalt.app.backends;

import dev.basalt.ports.Backend;
import dev.basalt.ports.TransactionRunner;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;

/** Opens the configured backends while the context starts, so that a fault ends the start. */
@Factory
final class BackendsFactory {

    @Context
    @Bean(preDestroy = "close")
    Backends backends(Environment environment) {
        var providers = Providers.installed();
        var backends = new Backends(providers, pool -> new BackendLog(pool.statements()));
        backends.open(SettingsReader.read(environment, providers));
        return backends;
    }

    @Singleton
    @Primary
    Backend primary(Backends backends) {
        return backends.primary();
    }

    /** The transactions of the primary backend, which the use cases run in. */
    @Singleton
    TransactionRunner transactions(Backend primary) {
        return primary.transactions();
    }
}

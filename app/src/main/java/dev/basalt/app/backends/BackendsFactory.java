package dev.basalt.app.backends;

import dev.basalt.domain.health.ProbeDepth;
import dev.basalt.ports.Backend;
import dev.basalt.ports.TransactionRunner;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the configured backends while the context starts, so that a fault ends the start. */
@Factory
final class BackendsFactory {

    private static final Logger LOG = LoggerFactory.getLogger(BackendsFactory.class);

    /** The longest that the start waits to see whether a database answers. */
    private static final Duration VERIFICATION = Duration.ofSeconds(2);

    @Context
    @Bean(preDestroy = "close")
    Backends backends(Environment environment) {
        var providers = Providers.installed();
        var backends = new Backends(providers, pool -> new BackendLog(pool.statements()));
        backends.open(SettingsReader.read(environment, providers));
        backends.probe(ProbeDepth.QUERY, VERIFICATION).forEach((pool, result) -> {
            if (result.failure() == null) {
                LOG.info(
                        "pool '{}': the database answers, in {} ms",
                        pool,
                        result.roundTrip().toMillis());
            } else {
                LOG.warn("the database does not answer: {}", result.failure().getMessage());
            }
        });
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

package dev.basalt.app.resilience;

import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.ports.TransactionRunner;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** What the use cases run in. */
@Factory
final class ResilienceFactory {

    /** The transactions of the primary pool. */
    @Singleton
    TransactionRunner transactions(Resilience resilience) {
        return resilience.transactions(DatabaseSettings.PRIMARY);
    }
}

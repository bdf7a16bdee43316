package dev.basalt.app.lifecycle;

import dev.basalt.ports.Backend;
import dev.basalt.ports.TransactionRunner;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** What the use cases run in. */
@Factory
final class LifecycleFactory {

    /** The transactions of the primary backend, for as long as its schema is ready. */
    @Singleton
    TransactionRunner transactions(Backend primary, Schemas schemas) {
        return schemas.keeper(primary.pool().name())
                .<TransactionRunner>map(keeper -> new ReadyTransactions(primary, keeper::state))
                .orElseGet(primary::transactions);
    }
}

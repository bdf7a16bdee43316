package dev.basalt.app.ledger;

import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import dev.basalt.ports.Backend;
import dev.basalt.ports.TransactionRunner;
import dev.basalt.ports.ledger.Ledger;
import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.inject.qualifiers.Qualifiers;

/** Chooses the ledger of the primary database's product, while the context starts: a missing one ends the start. */
@Factory
final class LedgerFactory {

    @Context
    Bookkeeping bookkeeping(Backend primary, TransactionRunner transactions, BeanContext beans) {
        Ledger ledger = beans.findBean(Ledger.class, Qualifiers.byName(primary.product()))
                .orElseThrow(() -> new ConfigurationInvalid(
                        "pool '%s': the installed backend '%s' has no ledger"
                                .formatted(primary.pool().name(), primary.product()),
                        null));
        return new Bookkeeping(transactions, ledger);
    }
}

package dev.basalt.app.ledger;

import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import dev.basalt.ports.Backend;
import dev.basalt.ports.TransactionRunner;
import dev.basalt.ports.ledger.Ledger;
import io.micronaut.context.BeanContext;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.inject.qualifiers.Qualifiers;
import java.time.Duration;

/** Chooses the ledger of the primary database's product, while the context starts: a missing one ends the start. */
@Factory
final class LedgerFactory {

    /** Nothing that goes well takes as long; an account that somebody keeps locked does. */
    private static final Duration LATE = Duration.ofSeconds(1);

    @Context
    Bookkeeping bookkeeping(Backend primary, TransactionRunner transactions, BatchListener batches, BeanContext beans) {
        Ledger ledger = beans.findBean(Ledger.class, Qualifiers.byName(primary.product()))
                .orElseThrow(() -> new ConfigurationInvalid(
                        "pool '%s': the installed backend '%s' has no ledger"
                                .formatted(primary.pool().name(), primary.product()),
                        null));
        Duration patience = primary.pool().settings().acquireTimeout();
        var transfers = new GroupCommit(transactions, ledger, patience, LATE, System::nanoTime, batches);
        return new Bookkeeping(transactions, ledger, transfers);
    }
}

package dev.basalt.adapters.postgres.ledger;

import dev.basalt.adapters.jdbc.JdbcBackend;
import dev.basalt.adapters.jdbc.ledger.JdbcLedger;
import dev.basalt.ports.ledger.Ledger;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** Makes the ledger of a PostgreSQL backend; the application picks it by the backend's name. */
@Factory
final class PostgresLedgerFactory {

    @Singleton
    @Named("postgresql")
    Ledger ledger(
            JdbcBackend backend,
            PostgresAccountRows accounts,
            PostgresTransferRows transfers,
            PostgresEntryRows entries) {
        return new JdbcLedger(backend, new PostgresLedgerStatements(backend.session()), accounts, transfers, entries);
    }
}

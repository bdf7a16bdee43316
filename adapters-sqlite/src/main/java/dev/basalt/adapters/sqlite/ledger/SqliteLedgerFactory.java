package dev.basalt.adapters.sqlite.ledger;

import dev.basalt.adapters.jdbc.JdbcBackend;
import dev.basalt.adapters.jdbc.ledger.JdbcLedger;
import dev.basalt.ports.ledger.Ledger;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** Makes the ledger of a SQLite backend; the application picks it by the backend's name. */
@Factory
final class SqliteLedgerFactory {

    @Singleton
    @Named("sqlite")
    Ledger ledger(
            JdbcBackend backend, SqliteAccountRows accounts, SqliteTransferRows transfers, SqliteEntryRows entries) {
        return new JdbcLedger(backend, new SqliteLedgerStatements(backend.session()), accounts, transfers, entries);
    }
}

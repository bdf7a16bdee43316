package dev.basalt.adapters.sqlite;

import dev.basalt.contract.BackendContract;

final class SqliteRollbackJournalBackendTest extends BackendContract {

    SqliteRollbackJournalBackendTest() {
        super(new SqliteRollbackJournalTestDatabase("delete"));
    }
}

package dev.basalt.adapters.sqlite;

import dev.basalt.contract.BackendContract;

final class SqliteMemoryBackendTest extends BackendContract {

    SqliteMemoryBackendTest() {
        super(new SqliteMemoryTestDatabase());
    }
}

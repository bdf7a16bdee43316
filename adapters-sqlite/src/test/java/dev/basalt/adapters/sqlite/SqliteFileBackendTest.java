package dev.basalt.adapters.sqlite;

import dev.basalt.contract.BackendContract;

final class SqliteFileBackendTest extends BackendContract {

    SqliteFileBackendTest() {
        super(new SqliteFileTestDatabase());
    }
}

package dev.basalt.adapters.sqlite;

import dev.basalt.contract.SavepointContract;

final class SqliteMemorySavepointTest extends SavepointContract {

    SqliteMemorySavepointTest() {
        super(new SqliteMemoryTestDatabase());
    }
}

package dev.basalt.adapters.sqlite;

import dev.basalt.contract.ConnectionPoolContract;

final class SqliteMemoryConnectionPoolTest extends ConnectionPoolContract {

    SqliteMemoryConnectionPoolTest() {
        super(new SqliteMemoryTestDatabase());
    }
}

package dev.basalt.adapters.sqlite;

import dev.basalt.contract.ConnectionPoolContract;

final class SqliteFileConnectionPoolTest extends ConnectionPoolContract {

    SqliteFileConnectionPoolTest() {
        super(new SqliteFileTestDatabase());
    }
}

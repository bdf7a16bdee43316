package dev.basalt.adapters.sqlite;

import dev.basalt.contract.PoolQueueContract;

final class SqliteFilePoolQueueTest extends PoolQueueContract {

    SqliteFilePoolQueueTest() {
        super(new SqliteFileTestDatabase());
    }
}

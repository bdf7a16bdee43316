package dev.basalt.adapters.sqlite;

import dev.basalt.contract.PoolQueueContract;

final class SqliteMemoryPoolQueueTest extends PoolQueueContract {

    SqliteMemoryPoolQueueTest() {
        super(new SqliteMemoryTestDatabase());
    }
}

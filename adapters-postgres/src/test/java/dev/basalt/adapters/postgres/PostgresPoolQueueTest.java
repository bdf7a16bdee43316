package dev.basalt.adapters.postgres;

import dev.basalt.contract.PoolQueueContract;

final class PostgresPoolQueueTest extends PoolQueueContract {

    PostgresPoolQueueTest() {
        super(new PostgresTestDatabase());
    }
}

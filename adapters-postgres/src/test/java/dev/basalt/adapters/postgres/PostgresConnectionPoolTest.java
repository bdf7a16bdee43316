package dev.basalt.adapters.postgres;

import dev.basalt.contract.ConnectionPoolContract;

final class PostgresConnectionPoolTest extends ConnectionPoolContract {

    PostgresConnectionPoolTest() {
        super(new PostgresTestDatabase());
    }
}

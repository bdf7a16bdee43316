package dev.basalt.adapters.postgres;

import dev.basalt.contract.BackendContract;

final class PostgresBackendTest extends BackendContract {

    PostgresBackendTest() {
        super(new PostgresTestDatabase());
    }
}

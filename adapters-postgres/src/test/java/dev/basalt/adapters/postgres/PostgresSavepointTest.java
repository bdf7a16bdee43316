package dev.basalt.adapters.postgres;

import dev.basalt.contract.SavepointContract;

final class PostgresSavepointTest extends SavepointContract {

    PostgresSavepointTest() {
        super(new PostgresTestDatabase());
    }
}

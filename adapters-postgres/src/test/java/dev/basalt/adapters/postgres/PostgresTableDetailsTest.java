package dev.basalt.adapters.postgres;

import dev.basalt.contract.TableDetailsContract;

final class PostgresTableDetailsTest extends TableDetailsContract {

    PostgresTableDetailsTest() {
        super(new PostgresTestDatabase());
    }
}

package dev.basalt.adapters.postgres;

import dev.basalt.contract.MigratorContract;

final class PostgresMigratorTest extends MigratorContract {

    PostgresMigratorTest() {
        super(new PostgresTestDatabase());
    }
}

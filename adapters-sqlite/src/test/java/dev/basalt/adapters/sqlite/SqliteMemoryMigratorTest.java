package dev.basalt.adapters.sqlite;

import dev.basalt.contract.MigratorContract;

final class SqliteMemoryMigratorTest extends MigratorContract {

    SqliteMemoryMigratorTest() {
        super(new SqliteMemoryTestDatabase());
    }
}

package dev.basalt.adapters.sqlite;

import dev.basalt.contract.MigratorContract;

final class SqliteFileMigratorTest extends MigratorContract {

    SqliteFileMigratorTest() {
        super(new SqliteFileTestDatabase());
    }
}

package dev.basalt.adapters.sqlite;

import dev.basalt.contract.TableDetailsContract;

final class SqliteMemoryTableDetailsTest extends TableDetailsContract {

    SqliteMemoryTableDetailsTest() {
        super(new SqliteMemoryTestDatabase());
    }
}

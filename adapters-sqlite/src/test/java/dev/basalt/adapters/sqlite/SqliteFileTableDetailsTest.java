package dev.basalt.adapters.sqlite;

import dev.basalt.contract.TableDetailsContract;

final class SqliteFileTableDetailsTest extends TableDetailsContract {

    SqliteFileTableDetailsTest() {
        super(new SqliteFileTestDatabase());
    }
}

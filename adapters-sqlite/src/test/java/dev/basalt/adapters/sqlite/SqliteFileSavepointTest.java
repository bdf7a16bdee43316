package dev.basalt.adapters.sqlite;

import dev.basalt.contract.SavepointContract;

final class SqliteFileSavepointTest extends SavepointContract {

    SqliteFileSavepointTest() {
        super(new SqliteFileTestDatabase());
    }
}

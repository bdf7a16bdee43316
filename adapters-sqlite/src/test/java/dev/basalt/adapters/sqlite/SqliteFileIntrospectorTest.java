package dev.basalt.adapters.sqlite;

import dev.basalt.contract.IntrospectorContract;

final class SqliteFileIntrospectorTest extends IntrospectorContract {

    SqliteFileIntrospectorTest() {
        super(new SqliteFileTestDatabase());
    }
}

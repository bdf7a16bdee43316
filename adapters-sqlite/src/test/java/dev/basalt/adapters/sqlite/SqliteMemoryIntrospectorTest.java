package dev.basalt.adapters.sqlite;

import dev.basalt.contract.IntrospectorContract;

final class SqliteMemoryIntrospectorTest extends IntrospectorContract {

    SqliteMemoryIntrospectorTest() {
        super(new SqliteMemoryTestDatabase());
    }
}

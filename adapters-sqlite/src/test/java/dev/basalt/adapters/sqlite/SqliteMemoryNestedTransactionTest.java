package dev.basalt.adapters.sqlite;

import dev.basalt.contract.NestedTransactionContract;

final class SqliteMemoryNestedTransactionTest extends NestedTransactionContract {

    SqliteMemoryNestedTransactionTest() {
        super(new SqliteMemoryTestDatabase());
    }
}

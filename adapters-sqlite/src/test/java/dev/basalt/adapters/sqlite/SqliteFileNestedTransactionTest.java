package dev.basalt.adapters.sqlite;

import dev.basalt.contract.NestedTransactionContract;

final class SqliteFileNestedTransactionTest extends NestedTransactionContract {

    SqliteFileNestedTransactionTest() {
        super(new SqliteFileTestDatabase());
    }
}

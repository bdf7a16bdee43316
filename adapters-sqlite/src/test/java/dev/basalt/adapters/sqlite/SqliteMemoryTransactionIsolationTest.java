package dev.basalt.adapters.sqlite;

import dev.basalt.contract.TransactionIsolationContract;

final class SqliteMemoryTransactionIsolationTest extends TransactionIsolationContract {

    SqliteMemoryTransactionIsolationTest() {
        super(new SqliteMemoryTestDatabase());
    }
}

package dev.basalt.adapters.sqlite;

import dev.basalt.contract.TransactionIsolationContract;

final class SqliteFileTransactionIsolationTest extends TransactionIsolationContract {

    SqliteFileTransactionIsolationTest() {
        super(new SqliteFileTestDatabase());
    }
}

package dev.basalt.adapters.sqlite;

import dev.basalt.contract.TransactionTimeoutContract;

final class SqliteFileTransactionTimeoutTest extends TransactionTimeoutContract {

    SqliteFileTransactionTimeoutTest() {
        super(new SqliteFileTestDatabase());
    }
}

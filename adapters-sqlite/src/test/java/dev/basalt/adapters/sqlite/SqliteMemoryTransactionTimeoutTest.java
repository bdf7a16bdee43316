package dev.basalt.adapters.sqlite;

import dev.basalt.contract.TransactionTimeoutContract;

final class SqliteMemoryTransactionTimeoutTest extends TransactionTimeoutContract {

    SqliteMemoryTransactionTimeoutTest() {
        super(new SqliteMemoryTestDatabase());
    }
}

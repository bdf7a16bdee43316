package dev.basalt.adapters.sqlite;

import dev.basalt.contract.TransactionRunnerContract;

final class SqliteMemoryTransactionRunnerTest extends TransactionRunnerContract {

    SqliteMemoryTransactionRunnerTest() {
        super(new SqliteMemoryTestDatabase());
    }
}

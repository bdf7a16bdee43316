package dev.basalt.adapters.sqlite;

import dev.basalt.contract.TransactionRunnerContract;

final class SqliteFileTransactionRunnerTest extends TransactionRunnerContract {

    SqliteFileTransactionRunnerTest() {
        super(new SqliteFileTestDatabase());
    }
}

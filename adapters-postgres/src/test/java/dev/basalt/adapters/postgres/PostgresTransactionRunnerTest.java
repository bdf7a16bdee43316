package dev.basalt.adapters.postgres;

import dev.basalt.contract.TransactionRunnerContract;

final class PostgresTransactionRunnerTest extends TransactionRunnerContract {

    PostgresTransactionRunnerTest() {
        super(new PostgresTestDatabase());
    }
}

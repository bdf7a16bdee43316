package dev.basalt.adapters.postgres;

import dev.basalt.contract.TransactionIsolationContract;

final class PostgresTransactionIsolationTest extends TransactionIsolationContract {

    PostgresTransactionIsolationTest() {
        super(new PostgresTestDatabase());
    }
}

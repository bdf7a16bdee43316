package dev.basalt.adapters.postgres;

import dev.basalt.contract.TransactionTimeoutContract;

final class PostgresTransactionTimeoutTest extends TransactionTimeoutContract {

    PostgresTransactionTimeoutTest() {
        super(new PostgresTestDatabase());
    }
}

package dev.basalt.adapters.postgres;

import dev.basalt.contract.NestedTransactionContract;

final class PostgresNestedTransactionTest extends NestedTransactionContract {

    PostgresNestedTransactionTest() {
        super(new PostgresTestDatabase());
    }
}

package dev.basalt.adapters.postgres;

import dev.basalt.contract.IntrospectorContract;

final class PostgresIntrospectorTest extends IntrospectorContract {

    PostgresIntrospectorTest() {
        super(new PostgresTestDatabase());
    }
}

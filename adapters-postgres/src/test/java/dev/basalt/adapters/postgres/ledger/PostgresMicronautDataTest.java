package dev.basalt.adapters.postgres.ledger;

import dev.basalt.adapters.jdbc.bridge.MicronautDataContract;
import dev.basalt.adapters.postgres.PostgresTestDatabase;

final class PostgresMicronautDataTest extends MicronautDataContract {

    PostgresMicronautDataTest() {
        super(new PostgresTestDatabase());
    }
}

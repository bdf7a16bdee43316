package dev.basalt.adapters.sqlite.ledger;

import dev.basalt.adapters.jdbc.bridge.MicronautDataContract;
import dev.basalt.adapters.sqlite.SqliteMemoryTestDatabase;

final class SqliteMemoryMicronautDataTest extends MicronautDataContract {

    SqliteMemoryMicronautDataTest() {
        super(new SqliteMemoryTestDatabase());
    }
}

package dev.basalt.adapters.sqlite.ledger;

import dev.basalt.adapters.jdbc.bridge.MicronautDataContract;
import dev.basalt.adapters.sqlite.SqliteFileTestDatabase;

final class SqliteFileMicronautDataTest extends MicronautDataContract {

    SqliteFileMicronautDataTest() {
        super(new SqliteFileTestDatabase());
    }
}

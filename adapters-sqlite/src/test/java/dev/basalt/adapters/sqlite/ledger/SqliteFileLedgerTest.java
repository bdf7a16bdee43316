package dev.basalt.adapters.sqlite.ledger;

import dev.basalt.adapters.jdbc.bridge.Beans;
import dev.basalt.adapters.sqlite.SqliteFileTestDatabase;
import dev.basalt.contract.ledger.LedgerContract;

final class SqliteFileLedgerTest extends LedgerContract {

    SqliteFileLedgerTest() {
        super(new SqliteFileTestDatabase(), Beans::ledger);
    }
}

package dev.basalt.adapters.sqlite.ledger;

import dev.basalt.adapters.jdbc.bridge.Beans;
import dev.basalt.adapters.sqlite.SqliteMemoryTestDatabase;
import dev.basalt.contract.ledger.LedgerContract;

final class SqliteMemoryLedgerTest extends LedgerContract {

    SqliteMemoryLedgerTest() {
        super(new SqliteMemoryTestDatabase(), Beans::ledger);
    }
}

package dev.basalt.adapters.postgres.ledger;

import dev.basalt.adapters.jdbc.bridge.Beans;
import dev.basalt.adapters.postgres.PostgresTestDatabase;
import dev.basalt.contract.ledger.LedgerContract;

final class PostgresLedgerTest extends LedgerContract {

    PostgresLedgerTest() {
        super(new PostgresTestDatabase(), Beans::ledger);
    }
}

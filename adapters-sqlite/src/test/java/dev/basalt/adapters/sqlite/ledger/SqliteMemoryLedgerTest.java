package dev.basalt.adapters.sqlite.ledger;

import dev.basalt.adapters.jdbc.bridge.Beans;
import dev.basalt.adapters.jdbc.bridge.MicronautDataContract;
import dev.basalt.adapters.sqlite.SqliteMemoryTestDatabase;
import dev.basalt.contract.TestDatabase;
import dev.basalt.contract.ledger.LedgerBatchContract;
import dev.basalt.contract.ledger.LedgerContract;
import dev.basalt.contract.ledger.LedgerPageContract;
import dev.basalt.contract.ledger.LedgerRefusalContract;
import dev.basalt.ports.Backend;
import dev.basalt.ports.ledger.Ledger;
import org.junit.jupiter.api.Nested;

class SqliteMemoryLedgerTest {

    private static final TestDatabase DATABASE = new SqliteMemoryTestDatabase();

    @Nested
    class Orders extends LedgerContract {
        Orders() {
            super(DATABASE);
        }

        @Override
        protected Ledger ledger(Backend backend) {
            return Beans.ledger(backend);
        }
    }

    @Nested
    class Batches extends LedgerBatchContract {
        Batches() {
            super(DATABASE);
        }

        @Override
        protected Ledger ledger(Backend backend) {
            return Beans.ledger(backend);
        }
    }

    @Nested
    class Pages extends LedgerPageContract {
        Pages() {
            super(DATABASE);
        }

        @Override
        protected Ledger ledger(Backend backend) {
            return Beans.ledger(backend);
        }
    }

    @Nested
    class Refusals extends LedgerRefusalContract {
        Refusals() {
            super(DATABASE);
        }

        @Override
        protected Ledger ledger(Backend backend) {
            return Beans.ledger(backend);
        }
    }

    @Nested
    class MicronautData extends MicronautDataContract {
        MicronautData() {
            super(DATABASE);
        }
    }
}

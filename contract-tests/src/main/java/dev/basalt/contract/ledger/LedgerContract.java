package dev.basalt.contract.ledger;

import dev.basalt.contract.TestDatabase;
import dev.basalt.ports.Backend;
import dev.basalt.ports.ledger.Ledger;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;

/** The whole contract of a {@link Ledger}: what an adapter extends once for each kind of database that it gives. */
public abstract class LedgerContract {

    private final TestDatabase database;
    private final Function<Backend, Ledger> ledgers;

    /**
     * Takes what is to be tested.
     *
     * @param ledgers gives the ledger of a backend, which has been migrated
     */
    protected LedgerContract(TestDatabase database, Function<Backend, Ledger> ledgers) {
        this.database = database;
        this.ledgers = ledgers;
    }

    @Nested
    class Orders extends LedgerOrderContract {
        Orders() {
            super(database);
        }

        @Override
        protected Ledger ledger(Backend backend) {
            return ledgers.apply(backend);
        }
    }

    @Nested
    class Refusals extends LedgerRefusalContract {
        Refusals() {
            super(database);
        }

        @Override
        protected Ledger ledger(Backend backend) {
            return ledgers.apply(backend);
        }
    }

    @Nested
    class Batches extends LedgerBatchContract {
        Batches() {
            super(database);
        }

        @Override
        protected Ledger ledger(Backend backend) {
            return ledgers.apply(backend);
        }
    }

    @Nested
    class Pages extends LedgerPageContract {
        Pages() {
            super(database);
        }

        @Override
        protected Ledger ledger(Backend backend) {
            return ledgers.apply(backend);
        }
    }
}

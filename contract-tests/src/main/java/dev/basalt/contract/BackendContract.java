package dev.basalt.contract;

import org.junit.jupiter.api.Nested;

/** The contracts of all ports: what an adapter extends once for each kind of database that it gives. */
public abstract class BackendContract {

    private final TestDatabase database;

    protected BackendContract(TestDatabase database) {
        this.database = database;
    }

    @Nested
    class ConnectionPool extends ConnectionPoolContract {
        ConnectionPool() {
            super(database);
        }
    }

    @Nested
    class PoolQueue extends PoolQueueContract {
        PoolQueue() {
            super(database);
        }
    }

    @Nested
    class TransactionRunner extends TransactionRunnerContract {
        TransactionRunner() {
            super(database);
        }
    }

    @Nested
    class NestedTransaction extends NestedTransactionContract {
        NestedTransaction() {
            super(database);
        }
    }

    @Nested
    class Savepoint extends SavepointContract {
        Savepoint() {
            super(database);
        }
    }

    @Nested
    class TransactionIsolation extends TransactionIsolationContract {
        TransactionIsolation() {
            super(database);
        }
    }

    @Nested
    class TransactionTimeout extends TransactionTimeoutContract {
        TransactionTimeout() {
            super(database);
        }
    }

    @Nested
    class RunningTransaction extends RunningTransactionContract {
        RunningTransaction() {
            super(database);
        }
    }

    @Nested
    class SessionStates extends SessionStateContract {
        SessionStates() {
            super(database);
        }
    }

    @Nested
    class Holders extends HoldersContract {
        Holders() {
            super(database);
        }
    }

    @Nested
    class PoolEvents extends PoolEventsContract {
        PoolEvents() {
            super(database);
        }
    }

    @Nested
    class HealthProbe extends HealthProbeContract {
        HealthProbe() {
            super(database);
        }
    }

    @Nested
    class Heartbeat extends HeartbeatContract {
        Heartbeat() {
            super(database);
        }
    }

    @Nested
    class Closing extends ClosingContract {
        Closing() {
            super(database);
        }
    }

    @Nested
    class Migrator extends MigratorContract {
        Migrator() {
            super(database);
        }
    }

    @Nested
    class Revert extends RevertContract {
        Revert() {
            super(database);
        }
    }

    @Nested
    class MigrationHistory extends MigrationHistoryContract {
        MigrationHistory() {
            super(database);
        }
    }

    @Nested
    class FailingScript extends FailingScriptContract {
        FailingScript() {
            super(database);
        }
    }

    @Nested
    class Introspector extends IntrospectorContract {
        Introspector() {
            super(database);
        }
    }

    @Nested
    class TableDetails extends TableDetailsContract {
        TableDetails() {
            super(database);
        }
    }
}

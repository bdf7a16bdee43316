package dev.basalt.adapters.sqlite;

import dev.basalt.contract.HealthProbeContract;

final class SqliteMemoryHealthProbeTest extends HealthProbeContract {

    SqliteMemoryHealthProbeTest() {
        super(new SqliteMemoryTestDatabase());
    }
}

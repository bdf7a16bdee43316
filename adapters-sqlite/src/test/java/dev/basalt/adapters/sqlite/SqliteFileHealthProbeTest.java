package dev.basalt.adapters.sqlite;

import dev.basalt.contract.HealthProbeContract;

final class SqliteFileHealthProbeTest extends HealthProbeContract {

    SqliteFileHealthProbeTest() {
        super(new SqliteFileTestDatabase());
    }
}

package dev.basalt.adapters.postgres;

import dev.basalt.contract.HealthProbeContract;

final class PostgresHealthProbeTest extends HealthProbeContract {

    PostgresHealthProbeTest() {
        super(new PostgresTestDatabase());
    }
}

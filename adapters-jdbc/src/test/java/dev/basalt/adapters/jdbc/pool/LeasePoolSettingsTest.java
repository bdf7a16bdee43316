package dev.basalt.adapters.jdbc.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.pool.Role;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.BackendListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What HikariCP was set to; how long it lets connections live shows in no shorter time than the shortest that it takes. */
final class LeasePoolSettingsTest {

    @Test
    void each_setting_reaches_the_pool() {
        var limits = new PoolSettings(
                7,
                3,
                Duration.ofMillis(4321),
                Duration.ofSeconds(61),
                Duration.ofSeconds(122),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                100,
                false);

        HikariConfig config = effective(limits);

        assertThat(config.getMaximumPoolSize()).isEqualTo(7);
        assertThat(config.getMinimumIdle()).isEqualTo(3);
        assertThat(config.getConnectionTimeout()).isEqualTo(4321);
        assertThat(config.getIdleTimeout()).isEqualTo(61_000);
        assertThat(config.getMaxLifetime()).isEqualTo(122_000);
    }

    @Test
    void without_reaping_connections_live_for_ever() {
        HikariConfig config = effective(PoolSettings.DEFAULTS.withoutReaping());

        assertThat(config.getIdleTimeout()).isZero();
        assertThat(config.getMaxLifetime()).isZero();
    }

    private static HikariConfig effective(PoolSettings limits) {
        var pool = new LeasePool(
                "primary",
                limits,
                Role.SHARED,
                () -> {
                    throw new SQLException("there is no database", "08001");
                },
                new NoDatabase(),
                BackendListener.NONE,
                new Permits(limits.maxConnections()),
                1);
        try {
            return pool.hikari.config;
        } finally {
            pool.close();
        }
    }

    private static final class NoDatabase implements Dialect {
        @Override
        public String product() {
            return "none";
        }

        @Override
        public DatabaseFailure translate(String pool, SQLException failure) {
            return new ConnectionFailed("pool '" + pool + "': " + failure.getMessage(), failure);
        }

        @Override
        public void begin(Connection connection, TransactionOptions options) {}

        @Override
        public void commit(Connection connection) {}

        @Override
        public void rollback(Connection connection) {}

        @Override
        public void ask(Connection connection) {}

        @Override
        public boolean hasTable(Connection connection, String name) {
            return false;
        }

        @Override
        public boolean hasWritten(Connection connection) {
            return false;
        }

        @Override
        public void cancel(Connection connection) {}

        @Override
        public void abandon(Connection connection) {}
    }
}

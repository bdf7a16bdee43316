package dev.basalt.adapters.jdbc.pool;

import com.zaxxer.hikari.HikariConfig;
import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.domain.pool.Role;
import dev.basalt.domain.settings.PoolSettings;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** What HikariCP is set to. */
final class HikariSettings {

    /** How long a connection has to show that it is alive. */
    static final int VALIDATION_SECONDS = 1;

    /** HikariCP refuses less; the time-out of each call is given with the call. */
    private static final long SMALLEST_TIMEOUT_MS = 250;

    private HikariSettings() {}

    static HikariConfig of(String pool, PoolSettings limits, Role role, DataSource connections, Dialect dialect) {
        var config = new HikariConfig();
        config.setPoolName(pool + "-" + role.name().toLowerCase(Locale.ROOT));
        config.setDataSource(connections);
        config.setMaximumPoolSize(limits.maxConnections());
        config.setMinimumIdle(limits.minConnections());
        config.setConnectionTimeout(
                Math.max(SMALLEST_TIMEOUT_MS, limits.acquireTimeout().toMillis()));
        config.setValidationTimeout(TimeUnit.SECONDS.toMillis(VALIDATION_SECONDS));
        config.setIdleTimeout(limits.idleTimeout().toMillis());
        config.setMaxLifetime(limits.maxLifetime().toMillis());
        config.setInitializationFailTimeout(-1);
        config.setExceptionOverride(new EvictWhatIsBroken(pool, dialect));
        config.validate();
        return config;
    }
}

package dev.basalt.adapters.jdbc.pool;

import com.zaxxer.hikari.SQLExceptionOverride;
import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.domain.failure.DatabaseFailure;
import java.sql.SQLException;

/**
 * Tells HikariCP after which failures to close a connection: after those that mean it is lost, as the dialect knows them.
 * HikariCP's own list also names codes that a connection survives. Thread-safe.
 */
final class EvictWhatIsBroken implements SQLExceptionOverride {

    private final String pool;
    private final Dialect dialect;

    EvictWhatIsBroken(String pool, Dialect dialect) {
        this.pool = pool;
        this.dialect = dialect;
    }

    @java.lang.Override
    public SQLExceptionOverride.Override adjudicate(SQLException failure) {
        return dialect.translate(pool, failure) instanceof DatabaseFailure.ConnectionFailed
                ? SQLExceptionOverride.Override.MUST_EVICT
                : SQLExceptionOverride.Override.DO_NOT_EVICT;
    }
}

package dev.basalt.app.backends;

import dev.basalt.app.settings.StatementLogging;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.pool.CloseReason;
import dev.basalt.ports.BackendListener;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what happens in one backend, a line each. */
final class BackendLog implements BackendListener {

    private static final Logger LOG = LoggerFactory.getLogger(BackendLog.class);
    /** A logger of its own, at DEBUG by default: whether statements are logged is a setting of the pool. */
    private static final Logger STATEMENTS = LoggerFactory.getLogger("dev.basalt.statements");

    private final StatementLogging statements;
    private final AtomicBoolean failing = new AtomicBoolean();

    BackendLog(StatementLogging statements) {
        this.statements = statements;
    }

    @Override
    public void connectionCreated(String pool, Duration took) {
        if (failing.compareAndSet(true, false)) {
            LOG.info("pool '{}': connections can be opened again", pool);
        }
        LOG.debug("pool '{}': connection opened in {} ms", pool, took.toMillis());
    }

    /** Warns once until it works again. The failure's message names the pool. */
    @Override
    public void connectionFailed(String pool, DatabaseFailure failure) {
        if (failing.compareAndSet(false, true)) {
            LOG.warn("a connection could not be opened: {}", failure.getMessage());
        } else {
            LOG.debug("a connection could still not be opened: {}", failure.getMessage());
        }
    }

    @Override
    public void connectionClosed(String pool, CloseReason reason) {
        LOG.debug("pool '{}': connection closed ({})", pool, reason.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void statementExecuted(String pool, String sql, Duration took, boolean succeeded) {
        if (took.compareTo(statements.slowThreshold()) >= 0) {
            STATEMENTS.warn(
                    "pool '{}': slow statement{}, {} ms: {}",
                    pool,
                    succeeded ? "" : " failed",
                    took.toMillis(),
                    oneLine(sql));
        } else if (statements.all()) {
            STATEMENTS.debug(
                    "pool '{}': statement{}, {} ms: {}",
                    pool,
                    succeeded ? "" : " failed",
                    took.toMillis(),
                    oneLine(sql));
        }
    }

    private static String oneLine(String sql) {
        return sql.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}

package dev.basalt.adapters.jdbc.pool;

import dev.basalt.adapters.jdbc.script.SqlStatement;
import dev.basalt.domain.pool.Holder;
import dev.basalt.domain.pool.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** A lease of one of a pool's connections, and who has it. Made on the thread that asked for it. */
final class Loan implements Lease {

    /** The key under which a thread's diagnostic context names the request that it works for. */
    private static final String REQUEST_ID = "request_id";

    private final Connection connection;
    private final Life life;
    private final Consumer<Loan> giveBack;
    private final String thread = threadName();
    private final @Nullable String requestId = MDC.get(REQUEST_ID);
    private final Instant since = Instant.now();
    private final long start = System.nanoTime();
    private volatile boolean distrusted;
    /** Guarded by this object's lock. */
    private boolean returned;

    /**
     * Lends a connection out.
     *
     * @param connection as HikariCP lends it
     * @param giveBack is called once, when the loan ends
     */
    Loan(Connection connection, Life life, Consumer<Loan> giveBack) {
        this.connection = connection;
        this.life = life;
        this.giveBack = giveBack;
    }

    /** Virtual threads have no names unless they are given some. */
    private static String threadName() {
        Thread current = Thread.currentThread();
        return current.getName().isEmpty() ? "thread-" + current.threadId() : current.getName();
    }

    Holder holder(Role role) {
        String statement = life.running();
        return new Holder(role, thread, requestId, since, statement == null ? null : SqlStatement.excerpt(statement));
    }

    /** Tells whether nobody else may get the connection. */
    boolean isSpoilt() {
        return distrusted || life.isTainted() || life.isAbandoned();
    }

    /** How long it has been out. */
    Duration used() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public void onDriver(String statement, Step step) throws SQLException {
        life.running(statement);
        try {
            // HikariCP closes, on another thread, what a statement has shown to be broken.
            step.on(connection.isClosed() ? connection : life.connection());
        } catch (RuntimeException | Error e) {
            // Nobody knows how far it went.
            distrust();
            throw e;
        } finally {
            life.running(null);
        }
    }

    @Override
    public void distrust() {
        distrusted = true;
    }

    /** Not once it was given back, when the connection may be another caller's. */
    @Override
    public synchronized boolean abandon() {
        return !returned && life.abandon();
    }

    @Override
    public boolean isAbandoned() {
        return life.isAbandoned();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (returned) {
                return;
            }
            returned = true;
        }
        giveBack.accept(this);
    }
}

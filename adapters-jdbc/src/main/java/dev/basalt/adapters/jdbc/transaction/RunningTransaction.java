package dev.basalt.adapters.jdbc.transaction;

import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.adapters.jdbc.pool.Lease;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A transaction between its begin and its end. For the thread that it runs on, but for {@link #expire()}. */
public final class RunningTransaction {

    /** How long a cancelled transaction has to give up before what it runs then is cancelled as well. */
    private static final long CANCEL_AGAIN_MS = 100;

    /** How long it has in all; then nobody answers on its connection, and the connection is given up. */
    private static final Duration CANCEL_FOR = Duration.ofSeconds(2);

    private final TransactionOptions options;
    private final Lease lease;
    private final Dialect dialect;
    private final Thread thread = Thread.currentThread();
    private final long begunAt = System.nanoTime();
    private final Deque<Scope> scopes = new ArrayDeque<>();
    private final List<CompletionListener> listeners = new ArrayList<>();
    private int savepoints;

    private boolean over;
    private volatile boolean expired;

    RunningTransaction(TransactionOptions options, Lease lease, Dialect dialect) {
        this.options = options;
        this.lease = lease;
        this.dialect = dialect;
        scopes.push(new Scope(this));
    }

    /** The connection that the transaction runs on; it is not for others to commit, roll back or close. */
    public Connection connection() {
        if (expired) {
            throw new DatabaseFailure.TimedOut(
                    "the transaction's time-out has passed: it takes no more statements", null);
        }
        return lease.connection();
    }

    Lease lease() {
        return lease;
    }

    /** What the transaction was begun with. */
    public TransactionOptions options() {
        return options;
    }

    /** Has the listener told of the transaction's end. */
    public void onCompletion(CompletionListener listener) {
        listeners.add(listener);
    }

    /** The part of the transaction that the work is in now: the whole of it, or what lies behind a savepoint. */
    public Scope scope() {
        return Objects.requireNonNull(scopes.peek());
    }

    boolean isOnThisThread() {
        return thread.equals(Thread.currentThread());
    }

    String beginSavepoint() throws SQLException {
        String savepoint = "basalt_" + ++savepoints;
        execute("SAVEPOINT " + savepoint);
        scopes.push(new Scope(this));
        return savepoint;
    }

    void releaseSavepoint(String savepoint) throws SQLException {
        execute("RELEASE SAVEPOINT " + savepoint);
    }

    void rollbackTo(String savepoint) throws SQLException {
        execute("ROLLBACK TO SAVEPOINT " + savepoint);
        releaseSavepoint(savepoint);
    }

    void endSavepoint() {
        scopes.pop();
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection().createStatement()) {
            statement.execute(sql);
        }
    }

    void beforeCommit() {
        List.copyOf(listeners).forEach(CompletionListener::beforeCommit);
    }

    /**
     * Tells all; what one throws keeps none of the others from being told, and never hides what the work threw.
     *
     * @throws IllegalStateException if a listener failed after a commit: whoever runs work again that was rolled back must
     *     not take a failure of what came after it for one of the work
     */
    void afterCompletion(End end, @Nullable Throwable thrown) {
        RuntimeException first = null;
        for (CompletionListener listener : List.copyOf(listeners)) {
            try {
                listener.afterCompletion(end);
            } catch (RuntimeException e) {
                if (thrown != null) {
                    thrown.addSuppressed(e);
                } else if (first != null) {
                    first.addSuppressed(e);
                } else {
                    first = e;
                }
            }
        }
        if (first != null && end != End.ROLLED_BACK) {
            throw new IllegalStateException(
                    "the transaction is committed, but what was to follow it has failed", first);
        }
        if (first != null) {
            throw first;
        }
    }

    /**
     * Ends the time for the work, from another thread: what it runs is cancelled until it gives up, and abandoned if it does
     * not; it cannot commit any more.
     */
    synchronized void expire() {
        if (over) {
            return;
        }
        expired = true;
        // The cancellation may arrive late, and hit whoever has the connection then: nobody gets it any more.
        lease.distrust();
        long start = System.nanoTime();
        try {
            while (!over && System.nanoTime() - start < CANCEL_FOR.toNanos()) {
                dialect.cancel(lease.connection());
                wait(CANCEL_AGAIN_MS);
            }
            if (!over) {
                lease.abandon();
            }
        } catch (SQLException e) {
            // The statement runs to its own time-out; the transaction is rolled back all the same.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the work's time from within; tells whether the time was over before. */
    synchronized boolean finish() {
        over = true;
        notifyAll();
        return expired || isPast(options.timeout());
    }

    /** The clock's thread may not have had its turn yet. */
    private boolean isPast(@Nullable Duration timeout) {
        return timeout != null && System.nanoTime() - begunAt >= timeout.toNanos();
    }

    /** What has become of a part of a transaction. */
    public static final class Scope implements Transaction {
        private final RunningTransaction whole;
        private boolean rollbackOnly;
        private @Nullable Throwable doomedBy;

        Scope(RunningTransaction whole) {
            this.whole = whole;
        }

        @Override
        public int attempt() {
            return whole.options.attempt();
        }

        @Override
        public void discardConnection() {
            whole.lease.distrust();
        }

        @Override
        public void rollbackOnly() {
            rollbackOnly = true;
        }

        /** Tells whether this part is going to be rolled back. */
        public boolean isRollbackOnly() {
            return rollbackOnly || doomedBy != null;
        }

        void doom(Throwable cause) {
            if (doomedBy == null) {
                doomedBy = cause;
            }
        }

        /** Fails if a joined call failed and the work went on as if it had not. */
        void requireNotDoomed() {
            if (doomedBy != null) {
                throw new IllegalStateException(
                        "a call that had joined the transaction failed and its failure was caught:"
                                + " all of it is rolled back (run the call behind a savepoint to undo it alone)",
                        doomedBy);
            }
        }
    }

    /** How a transaction has ended. */
    public enum End {
        COMMITTED,
        ROLLED_BACK,
        /** The connection was lost while committing. */
        UNKNOWN
    }

    /** Is told of a transaction's end. */
    public interface CompletionListener {

        /** The transaction is about to commit; what this throws prevents it. */
        void beforeCommit();

        /** The transaction is over. */
        void afterCompletion(End end);
    }
}

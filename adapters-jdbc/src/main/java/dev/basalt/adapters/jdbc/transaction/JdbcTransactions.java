package dev.basalt.adapters.jdbc.transaction;

import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.adapters.jdbc.pool.Lease;
import dev.basalt.adapters.jdbc.pool.Leases;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.transaction.Access;
import dev.basalt.domain.transaction.Nesting;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.TransactionRunner;
import dev.basalt.ports.TransactionWork;
import io.micronaut.data.exceptions.DataAccessException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Transactions on leased connections. The lease is taken on the caller's thread, before the work moves anywhere. */
public final class JdbcTransactions implements TransactionRunner, AutoCloseable {

    private final Leases leases;
    private final Dialect dialect;
    private final Dispatcher dispatcher;
    private final TransactionWatch watch;
    private final ScopedValue<RunningTransaction> running = ScopedValue.newInstance();
    private final ScheduledExecutorService clock;

    public JdbcTransactions(Leases leases, Dialect dialect, Dispatcher dispatcher, TransactionWatch watch) {
        this.leases = leases;
        this.dialect = dialect;
        this.dispatcher = dispatcher;
        this.watch = watch;
        this.clock = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform()
                .daemon()
                .name("basalt-" + leases.name() + "-deadlines")
                .factory());
    }

    /** The transaction that runs on this thread. */
    public Optional<RunningTransaction> current() {
        return running.isBound() && running.get().isOnThisThread() ? Optional.of(running.get()) : Optional.empty();
    }

    @Override
    public boolean isRunning() {
        return current().isPresent();
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R inTransaction(
            TransactionOptions options, TransactionWork<R, X> work) throws X {
        try {
            Optional<RunningTransaction> outer = current();
            return outer.isPresent() ? nested(outer.get(), options, work) : outermost(options, work);
        } catch (DatabaseFailure failure) {
            throw failure.attributedTo(leases.name());
        }
    }

    private <R extends @Nullable Object, X extends Exception> R outermost(
            TransactionOptions options, TransactionWork<R, X> work) throws X {
        try (Lease lease = leases.acquire(options.access())) {
            return dispatcher.call(() -> run(lease, options, work));
        }
    }

    private <R extends @Nullable Object, X extends Exception> R run(
            Lease lease, TransactionOptions options, TransactionWork<R, X> work) throws X {
        var transaction = new RunningTransaction(options, lease, dialect);
        Future<?> deadline = deadline(transaction);
        var end = RunningTransaction.End.ROLLED_BACK;
        Throwable thrown = null;
        try {
            begin(transaction);
            R result = done(transaction, work);
            if (transaction.scope().isRollbackOnly()) {
                rollback(lease, null);
            } else {
                boolean wrote = options.access() == Access.WRITE && watch.isSuspicious() && hasWritten(lease);
                commit(lease, options.access());
                end = RunningTransaction.End.COMMITTED;
                if (wrote) {
                    watch.wrote();
                }
            }
            return result;
        } catch (Throwable t) {
            thrown = t;
            // What the work ran into at another pool says nothing of this one.
            if (t instanceof DatabaseFailure failure && failure.concerns(leases.name())) {
                if (failure instanceof DatabaseFailure.OutcomeUnknown) {
                    end = RunningTransaction.End.UNKNOWN;
                }
                tellWatch(options, failure);
            }
            throw JdbcTransactions.<X>rethrown(t);
        } finally {
            transaction.finish();
            deadline.cancel(false);
            // Who is told may begin a transaction of its own, for which the connection may be the only one.
            lease.close();
            transaction.afterCompletion(end, thrown);
        }
    }

    private void tellWatch(TransactionOptions options, DatabaseFailure failure) {
        switch (failure) {
            case DatabaseFailure.ConnectionFailed _, DatabaseFailure.OutcomeUnknown _ -> watch.lostConnection();
            case DatabaseFailure.ReadOnly refusal when options.access() == Access.WRITE -> watch.refused(refusal);
            default -> {}
        }
    }

    private void begin(RunningTransaction transaction) {
        try {
            transaction.lease().onDriver("BEGIN", driver -> dialect.begin(driver, transaction.options()));
        } catch (SQLException e) {
            DatabaseFailure failure = translated(e, transaction.lease());
            rollback(transaction.lease(), failure);
            throw failure;
        }
    }

    private Future<?> deadline(RunningTransaction transaction) {
        Duration timeout = transaction.options().timeout();
        if (timeout == null) {
            return CompletableFuture.completedFuture(true);
        }
        try {
            return clock.schedule(
                    () -> Thread.ofVirtual().start(transaction::expire), timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            throw new DatabaseFailure.ConnectionFailed("pool '" + leases.name() + "' is closed", e);
        }
    }

    /** Does the work up to the commit, or rolls back. */
    private <R extends @Nullable Object, X extends Exception> R done(
            RunningTransaction transaction, TransactionWork<R, X> work) throws X {
        try {
            R result = ScopedValue.where(running, transaction).call(() -> {
                R value = work.run(transaction.scope());
                transaction.scope().requireNotDoomed();
                if (!transaction.scope().isRollbackOnly()) {
                    transaction.beforeCommit();
                }
                return value;
            });
            if (transaction.finish()) {
                throw timedOut(transaction, null);
            }
            return result;
        } catch (Throwable t) {
            Throwable cause = translated(t, transaction.lease());
            boolean expired = transaction.finish();
            rollback(transaction.lease(), cause);
            throw JdbcTransactions.<X>rethrown(
                    expired && !(cause instanceof DatabaseFailure.TimedOut) ? timedOut(transaction, cause) : cause);
        }
    }

    private <R extends @Nullable Object, X extends Exception> R nested(
            RunningTransaction outer, TransactionOptions options, TransactionWork<R, X> work) throws X {
        if (options.access() == Access.WRITE && outer.options().access() == Access.READ) {
            throw new IllegalStateException("a transaction that writes was asked for inside one that reads");
        }
        if (options.isolation().strongerThan(outer.options().isolation())) {
            throw new IllegalStateException("a transaction that is %s was asked for inside one that is %s"
                    .formatted(options.isolation(), outer.options().isolation()));
        }
        return options.nesting() == Nesting.JOIN ? joined(outer, work) : behindSavepoint(outer, work);
    }

    private <R extends @Nullable Object, X extends Exception> R joined(
            RunningTransaction outer, TransactionWork<R, X> work) throws X {
        try {
            return work.run(outer.scope());
        } catch (Throwable t) {
            Throwable cause = translated(t, outer.lease());
            outer.scope().doom(cause);
            throw JdbcTransactions.<X>rethrown(cause);
        }
    }

    private <R extends @Nullable Object, X extends Exception> R behindSavepoint(
            RunningTransaction outer, TransactionWork<R, X> work) throws X {
        String savepoint;
        try {
            savepoint = outer.beginSavepoint();
        } catch (SQLException e) {
            throw translated(e, outer.lease());
        }
        boolean undo = true;
        Throwable thrown = null;
        try {
            R result = work.run(outer.scope());
            outer.scope().requireNotDoomed();
            undo = outer.scope().isRollbackOnly();
            return result;
        } catch (Throwable t) {
            thrown = translated(t, outer.lease());
            throw JdbcTransactions.<X>rethrown(thrown);
        } finally {
            outer.endSavepoint();
            endSavepoint(outer, savepoint, undo, thrown);
        }
    }

    private void endSavepoint(RunningTransaction outer, String savepoint, boolean undo, @Nullable Throwable thrown) {
        try {
            if (undo) {
                outer.rollbackTo(savepoint);
            } else {
                outer.releaseSavepoint(savepoint);
            }
        } catch (SQLException | DatabaseFailure e) {
            // A statement guard refuses with a failure of its own, which must not hide the one that led here.
            DatabaseFailure failure =
                    e instanceof SQLException cause ? translated(cause, outer.lease()) : (DatabaseFailure) e;
            outer.scope().doom(failure);
            if (thrown == null) {
                throw failure;
            }
            thrown.addSuppressed(failure);
        }
    }

    private boolean hasWritten(Lease lease) {
        try {
            return dialect.hasWritten(lease.connection());
        } catch (SQLException e) {
            return false;
        }
    }

    /** What only read has nothing that could be in doubt. */
    private void commit(Lease lease, Access access) {
        if (lease.isAbandoned()) {
            throw abandoned(null);
        }
        try {
            lease.onDriver("COMMIT", dialect::commit);
        } catch (SQLException e) {
            if (access == Access.WRITE
                    && dialect.translate(leases.name(), e) instanceof DatabaseFailure.ConnectionFailed) {
                lease.distrust();
                throw new DatabaseFailure.OutcomeUnknown(
                        "pool '" + leases.name() + "': the connection was lost while committing", e);
            }
            DatabaseFailure failure = translated(e, lease);
            rollback(lease, failure);
            throw failure;
        }
    }

    private void rollback(Lease lease, @Nullable Throwable cause) {
        try {
            lease.onDriver("ROLLBACK", dialect::rollback);
        } catch (SQLException e) {
            // Closing the connection rolls back as well.
            lease.distrust();
            if (cause != null) {
                cause.addSuppressed(e);
            }
        }
    }

    private DatabaseFailure timedOut(RunningTransaction transaction, @Nullable Throwable cause) {
        return new DatabaseFailure.TimedOut(
                "pool '%s': the transaction took longer than %s and was rolled back"
                        .formatted(leases.name(), transaction.options().timeout()),
                cause);
    }

    /** What the driver or Micronaut Data threw becomes the failure that it stands for; all else stays what it is. */
    private Throwable translated(Throwable thrown, Lease lease) {
        if (thrown instanceof SQLException failure) {
            return translated(failure, lease);
        }
        if (thrown instanceof DataAccessException) {
            for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
                if (cause instanceof SQLException failure) {
                    return translated(failure, lease);
                }
            }
        }
        return thrown instanceof DatabaseFailure failure && failure.concerns(leases.name())
                ? judged(failure, failure, lease)
                : thrown;
    }

    private DatabaseFailure translated(SQLException thrown, Lease lease) {
        return judged(dialect.translate(leases.name(), thrown), thrown, lease);
    }

    /** Where a connection was lost already, what fails on it after that does not say so by its code. */
    private DatabaseFailure judged(DatabaseFailure failure, Throwable thrown, Lease lease) {
        return switch (failure) {
            case DatabaseFailure.TimedOut _ when lease.isAbandoned() -> abandoned(thrown);
            case DatabaseFailure.QueryFailed _
            when isClosed(lease) ->
                new DatabaseFailure.ConnectionFailed(
                        "pool '" + leases.name() + "': the connection was lost before the commit", thrown);
            default -> failure;
        };
    }

    private static boolean isClosed(Lease lease) {
        try {
            return lease.connection().isClosed();
        } catch (SQLException e) {
            return true;
        }
    }

    /** Where a connection is given up by an interrupt of its statement, that looks like a time-out. */
    private DatabaseFailure abandoned(@Nullable Throwable cause) {
        return new DatabaseFailure.ConnectionFailed(
                "pool '" + leases.name() + "': the database did not answer, and the connection was given up", cause);
    }

    /** All that is checked and leaves a transaction was thrown by its work, whose type the caller knows. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Exception> X rethrown(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (X) thrown;
    }

    @Override
    public void close() {
        clock.shutdownNow();
        dispatcher.close();
    }
}

package dev.basalt.domain.failure;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong with a database, told apart by what a caller can do about it.
 *
 * <p>An adapter translates its driver's codes (SQLSTATE, SQLite result code) into exactly one of these, never the
 * message text, and keeps the driver's exception as the cause. The set is closed, so a {@code switch} over it is
 * checked by the compiler. Messages name no credential. Instances are immutable but for the suppressed failures that
 * every {@link Throwable} collects, and for the pool that they are attributed to.
 */
public abstract sealed class DatabaseFailure extends RuntimeException {

    private volatile @Nullable String pool;

    private DatabaseFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * The pool whose work has failed, or {@code null} if the failure has left none. Where work of one pool calls another
     * one, that is the inner one: the outer one's database has nothing to do with it.
     */
    public final @Nullable String pool() {
        return pool;
    }

    /** Says whose work has failed, unless that was said before; gives this failure. */
    public final DatabaseFailure attributedTo(String pool) {
        if (this.pool == null) {
            this.pool = pool;
        }
        return this;
    }

    /** Tells whether it is a failure of this pool: it is not if it was attributed to another one. */
    public final boolean concerns(String pool) {
        return this.pool == null || pool.equals(this.pool);
    }

    /**
     * Tells whether the whole transaction may be run again at once: it is known to have been rolled back, and the
     * reason is expected to pass. A single statement is never repeated on its own.
     */
    public boolean retryable() {
        return false;
    }

    /** The database cannot be reached, or the connection was lost before COMMIT was sent. */
    public static final class ConnectionFailed extends DatabaseFailure {
        public ConnectionFailed(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** The database refuses the credentials. */
    public static final class AuthenticationFailed extends DatabaseFailure {
        public AuthenticationFailed(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** No connection became free within the acquire time-out. */
    public static final class PoolExhausted extends DatabaseFailure {
        private final Duration waited;

        /** Says that a caller has waited this long, in vain, for one of the pool's connections. */
        public PoolExhausted(String pool, int maxConnections, Duration waited, @Nullable Throwable cause) {
            super(
                    "pool '%s': none of its %d connections became free within %d ms"
                            .formatted(pool, maxConnections, waited.toMillis()),
                    cause);
            this.waited = waited;
        }

        /** Says in other words that callers wait for connections, and for how long. */
        public PoolExhausted(String message, Duration waited) {
            super(message, null);
            this.waited = waited;
        }

        /** How long the caller has waited. */
        public Duration waited() {
            return waited;
        }
    }

    /** A statement or a transaction ran longer than allowed and was cancelled. */
    public static final class TimedOut extends DatabaseFailure {
        public TimedOut(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The statement ran and the database raised an error, such as a division by zero. */
    public static final class QueryFailed extends DatabaseFailure {
        private final String state;

        public QueryFailed(String message, String state, @Nullable Throwable cause) {
            super(message, cause);
            this.state = state;
        }

        /** The backend's own code: an SQLSTATE, or the name of a SQLite result code. */
        public String state() {
            return state;
        }
    }

    /** The database refuses the statement's syntax or types; it has not run. */
    public static final class InvalidQuery extends DatabaseFailure {
        private final String state;
        private final @Nullable Integer position;

        public InvalidQuery(String message, String state, @Nullable Integer position, @Nullable Throwable cause) {
            super(message, cause);
            this.state = state;
            this.position = position;
        }

        /** The backend's own code: an SQLSTATE, or the name of a SQLite result code. */
        public String state() {
            return state;
        }

        /** Where in the statement, counted in characters from 1, or {@code null} if the database does not say. */
        public @Nullable Integer position() {
            return position;
        }
    }

    /** The role may not do this. */
    public static final class PermissionDenied extends DatabaseFailure {
        public PermissionDenied(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** No such schema, table, column or other object. */
    public static final class ObjectNotFound extends DatabaseFailure {
        public ObjectNotFound(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** A constraint (unique, foreign key, check, not null, exclusion) forbids the change. */
    public static final class ConstraintViolated extends DatabaseFailure {
        private final @Nullable String constraint;

        public ConstraintViolated(String message, @Nullable String constraint, @Nullable Throwable cause) {
            super(message, cause);
            this.constraint = constraint;
        }

        /** The constraint's name, or {@code null} where the backend does not tell it. */
        public @Nullable String constraint() {
            return constraint;
        }
    }

    /** Two transactions were in each other's way (serialization failure, deadlock, busy); this one was rolled back. */
    public static final class SerializationConflict extends DatabaseFailure {
        public SerializationConflict(String message, @Nullable Throwable cause) {
            super(message, cause);
        }

        @Override
        public boolean retryable() {
            return true;
        }
    }

    /** The database, the connection or the transaction takes no writes; or the disk is full. */
    public static final class ReadOnly extends DatabaseFailure {
        public ReadOnly(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The circuit breaker is open: the database was not asked. */
    public static final class CircuitOpen extends DatabaseFailure {
        private final Duration retryAfter;

        public CircuitOpen(String message, Duration retryAfter) {
            super(message, null);
            this.retryAfter = retryAfter;
        }

        /** How long a caller should wait before asking again. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** A dangerous statement came without a valid confirmation; it has not run. */
    public static final class ConfirmationRequired extends DatabaseFailure {
        private final List<String> reasons;

        public ConfirmationRequired(String message, List<String> reasons) {
            super(message, null);
            this.reasons = List.copyOf(reasons);
        }

        /** Why the statement is dangerous, as stable identifiers. */
        public List<String> reasons() {
            return reasons;
        }
    }

    /** The connection was lost while COMMIT was under way: the work may or may not be in the database. */
    public static final class OutcomeUnknown extends DatabaseFailure {
        public OutcomeUnknown(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** A setting cannot be used; the message names it, its value (unless secret) and what is allowed. */
    public static final class ConfigurationInvalid extends DatabaseFailure {
        public ConfigurationInvalid(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}

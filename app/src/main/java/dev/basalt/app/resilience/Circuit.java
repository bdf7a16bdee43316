package dev.basalt.app.resilience;

import dev.basalt.app.settings.BreakerSettings;
import dev.basalt.domain.failure.DatabaseFailure;
import dev.basalt.domain.failure.DatabaseFailure.AuthenticationFailed;
import dev.basalt.domain.failure.DatabaseFailure.CircuitOpen;
import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import dev.basalt.domain.failure.DatabaseFailure.ConfirmationRequired;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.failure.DatabaseFailure.ConstraintViolated;
import dev.basalt.domain.failure.DatabaseFailure.InvalidQuery;
import dev.basalt.domain.failure.DatabaseFailure.ObjectNotFound;
import dev.basalt.domain.failure.DatabaseFailure.OutcomeUnknown;
import dev.basalt.domain.failure.DatabaseFailure.PermissionDenied;
import dev.basalt.domain.failure.DatabaseFailure.PoolExhausted;
import dev.basalt.domain.failure.DatabaseFailure.QueryFailed;
import dev.basalt.domain.failure.DatabaseFailure.ReadOnly;
import dev.basalt.domain.failure.DatabaseFailure.SerializationConflict;
import dev.basalt.domain.failure.DatabaseFailure.TimedOut;
import dev.basalt.domain.health.Heartbeat;
import dev.basalt.ports.Backend;
import dev.failsafe.CircuitBreaker;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The circuit breaker of one pool. Thread-safe.
 *
 * <p>The heartbeat has the first word: while it says that the database is down, the circuit is open, and its next good beat
 * closes it. It is asked at each call, so no event can get lost. Beside a good heartbeat, the circuit opens when several
 * calls in a row have lost their connection, and half-opens after a while. Calls that fail together count as one: each has
 * to have begun after the failure before it was known. So a server that closes all connections at a stroke opens nothing.
 */
final class Circuit {

    private static final Logger LOG = LoggerFactory.getLogger(Circuit.class);

    /** The heartbeat of a database that is down comes more often than that. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final Backend backend;
    private final ResilienceListener listener;
    private final CircuitBreaker<Object> breaker;
    private final Duration delay;
    private final LongSupplier clock;
    private volatile boolean wasDown;
    /** When the last call that counts lost its connection; guarded by this. */
    private long lostAt = System.nanoTime();
    /** When the last trial was let through. */
    private volatile long triedAt;
    /** What was told of last; changed under this object's lock. */
    private volatile CircuitState told = CircuitState.CLOSED;

    Circuit(Backend backend, BreakerSettings settings, ResilienceListener listener) {
        this(backend, settings, listener, System::nanoTime);
    }

    /**
     * Makes one that is closed.
     *
     * @param clock tells, in nanoseconds, for how long a trial has been under way
     */
    Circuit(Backend backend, BreakerSettings settings, ResilienceListener listener, LongSupplier clock) {
        this.clock = clock;
        this.delay = settings.delay();
        this.backend = backend;
        this.listener = listener;
        this.breaker = CircuitBreaker.builder()
                .withFailureThreshold(settings.failures())
                .withSuccessThreshold(1)
                .withDelay(settings.delay())
                .build();
    }

    /** The state now. Half-open also means that the next call will be the trial. */
    CircuitState state() {
        return isDown(backend.health().heartbeat()) ? CircuitState.OPEN : state(breaker);
    }

    private static CircuitState state(CircuitBreaker<?> breaker) {
        return switch (breaker.getState()) {
            case CLOSED -> CircuitState.CLOSED;
            case HALF_OPEN -> CircuitState.HALF_OPEN;
            case OPEN -> breaker.getRemainingDelay().isZero() ? CircuitState.HALF_OPEN : CircuitState.OPEN;
        };
    }

    /** Looks whether the state has changed, and tells of it once. */
    void look() {
        if (state() != told) {
            // In the lock, so that nobody is told of an older change later. Changes are rare.
            synchronized (this) {
                CircuitState from = told;
                CircuitState to = state();
                if (to != from) {
                    told = to;
                    log(from, to);
                    listener.circuitChanged(pool(), from, to);
                }
            }
        }
    }

    /**
     * Lets a call through.
     *
     * @return what to {@linkplain #ended end} it by
     * @throws CircuitOpen if it is not let through
     * @throws ConnectionFailed if it is not, and the database has never been reached
     * @throws AuthenticationFailed if it is not, because the database refuses the credentials
     */
    Call begin() {
        Heartbeat heartbeat = backend.health().heartbeat();
        boolean down = isDown(heartbeat);
        boolean admitted = !down && (breaker.tryAcquirePermit() || mayTryBeside());
        boolean trial = admitted && breaker.isHalfOpen();
        if (trial) {
            triedAt = clock.getAsLong();
        }
        look();
        if (down) {
            throw refusal(heartbeat).attributedTo(pool());
        }
        if (!admitted) {
            throw new CircuitOpen(
                            "pool '" + pool() + "': too many calls in a row have lost their connection",
                            breaker.getRemainingDelay())
                    .attributedTo(pool());
        }
        return new Call(trial, System.nanoTime());
    }

    /**
     * Ends a call that was let through.
     *
     * @param thrown what it threw, or {@code null} if it returned
     */
    void ended(Call call, @Nullable Throwable thrown) {
        switch (verdict(thrown)) {
            case ANSWERED -> {
                if (call.trial || breaker.isClosed()) {
                    breaker.recordSuccess();
                }
            }
            case LOST -> lost(call);
            case UNTOLD -> {
                if (call.trial) {
                    letAnotherTry();
                }
            }
        }
        look();
    }

    private synchronized void lost(Call call) {
        boolean counts = call.trial || (breaker.isClosed() && call.begunAt - lostAt > 0);
        if (counts) {
            lostAt = System.nanoTime();
            breaker.recordFailure();
        }
    }

    /** A trial takes as long as its work does: once it is late, another one may find out sooner. */
    private synchronized boolean mayTryBeside() {
        if (!breaker.isHalfOpen() || clock.getAsLong() - triedAt < delay.toNanos()) {
            return false;
        }
        triedAt = clock.getAsLong();
        letAnotherTry();
        return breaker.tryAcquirePermit();
    }

    /** The trial came to nothing: half-open anew, the breaker has its permit again. */
    private synchronized void letAnotherTry() {
        if (breaker.isHalfOpen()) {
            breaker.open();
            breaker.halfOpen();
        }
    }

    /** Also takes note of it, so that the breaker closes when the database is back. */
    private boolean isDown(Heartbeat heartbeat) {
        // Without a verdict, the pool waits for the first one. A pool that closes says so itself.
        boolean judged = heartbeat.lastGood() != null || heartbeat.errorCount() > 0;
        boolean down = !heartbeat.usable() && judged && !backend.pool().isClosed();
        if (down) {
            wasDown = true;
        } else if (wasDown) {
            wasDown = false;
            breaker.close();
            // A breaker that was closed already would go on counting what was lost before the outage was noticed.
            breaker.recordSuccess();
        }
        return down;
    }

    private Verdict verdict(@Nullable Throwable thrown) {
        if (thrown == null) {
            return Verdict.ANSWERED;
        }
        // What the work ran into at another pool says nothing of this one.
        return thrown instanceof DatabaseFailure failure && failure.concerns(pool())
                ? verdict(failure)
                : Verdict.UNTOLD;
    }

    private Verdict verdict(DatabaseFailure failure) {
        return switch (failure) {
            case ConnectionFailed _, OutcomeUnknown _ -> {
                boolean ofOurOwn =
                        Thread.currentThread().isInterrupted() || backend.pool().isClosed();
                yield ofOurOwn ? Verdict.UNTOLD : Verdict.LOST;
            }
            case QueryFailed _,
                    InvalidQuery _,
                    PermissionDenied _,
                    ObjectNotFound _,
                    ConstraintViolated _,
                    SerializationConflict _,
                    ReadOnly _ -> Verdict.ANSWERED;
            case AuthenticationFailed _,
                    PoolExhausted _,
                    TimedOut _,
                    CircuitOpen _,
                    ConfirmationRequired _,
                    ConfigurationInvalid _ -> Verdict.UNTOLD;
        };
    }

    /** The verdict's failure is everybody's: each call gets one of its own, which may collect what is suppressed. */
    private DatabaseFailure refusal(Heartbeat heartbeat) {
        DatabaseFailure failure = heartbeat.failure();
        String message = failure == null ? "pool '" + pool() + "' is down" : String.valueOf(failure.getMessage());
        if (failure instanceof AuthenticationFailed) {
            return new AuthenticationFailed(message, failure);
        }
        return heartbeat.lastGood() == null
                ? new ConnectionFailed(message, failure)
                : new CircuitOpen("pool '" + pool() + "': the database is down since " + heartbeat.since(), SOON);
    }

    private void log(CircuitState from, CircuitState to) {
        if (to == CircuitState.OPEN) {
            LOG.warn(
                    "pool '{}': circuit {} -> open: {}",
                    pool(),
                    from.code(),
                    wasDown
                            ? "the heartbeat says that the database is down"
                            : "calls in a row have lost their connection");
        } else {
            LOG.info("pool '{}': circuit {} -> {}", pool(), from.code(), to.code());
        }
    }

    private String pool() {
        return backend.pool().name();
    }

    /** What a call tells about the database. */
    private enum Verdict {
        /** It answered. */
        ANSWERED,
        /** The connection to it was lost, or there was none. */
        LOST,
        /** Nothing: it was not reached, or the fault was not its own. */
        UNTOLD
    }

    /** A call that was let through. */
    static final class Call {
        private final boolean trial;
        private final long begunAt;

        private Call(boolean trial, long begunAt) {
            this.trial = trial;
            this.begunAt = begunAt;
        }
    }
}

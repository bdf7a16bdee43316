package dev.basalt.adapters.jdbc.pool;

import dev.basalt.domain.failure.DatabaseFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Whether callers are let through to the database, as its heartbeat says, and whether connections are opened for them.
 * Thread-safe.
 */
final class Admission {

    /** How long callers wait for the first verdict. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final String pool;
    private State state = new State.Unknown();
    private CompletableFuture<Void> round = new CompletableFuture<>();
    private boolean stopped;
    private boolean closed;

    Admission(String pool) {
        this.pool = pool;
    }

    /** Lets callers through. */
    synchronized void open() {
        state = new State.Open();
        notifyAll();
    }

    /** Lets nobody through, because of the failure. */
    synchronized void shut(DatabaseFailure failure, Instant since) {
        state = new State.Shut(failure, since);
        nextRound();
        notifyAll();
    }

    /** Has nobody wait any longer for a connection that began to be opened before. */
    synchronized void nextRound() {
        round.complete(null);
        round = new CompletableFuture<>();
    }

    /** Lets nobody through any more, whatever the heartbeat says. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /** Has nobody wait any more to open a connection. */
    synchronized void close() {
        stopped = true;
        closed = true;
        nextRound();
        notifyAll();
    }

    /**
     * Lets the caller through or fails it, at once but for the first verdict, which is waited for.
     *
     * @param timeout the longest to wait for it, if that is less than {@link #PATIENCE}
     */
    synchronized void pass(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + Math.min(PATIENCE.toNanos(), timeout.toNanos());
        long left = end - System.nanoTime();
        while (!stopped && state instanceof State.Unknown && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
        require();
    }

    /** Tells whether callers are let through. */
    synchronized boolean isOpen() {
        return !stopped && state instanceof State.Open;
    }

    /** Fails if callers are not let through. */
    synchronized void require() {
        if (stopped) {
            throw new DatabaseFailure.ConnectionFailed(
                    "pool '" + pool + "' is " + (closed ? "closed" : "closing"), null);
        }
        switch (state) {
            case State.Open _ -> {}
            case State.Unknown _ ->
                throw new DatabaseFailure.ConnectionFailed(
                        "pool '" + pool + "': the database has not been reached yet", null);
            case State.Shut shut -> throw refusal(shut);
        }
    }

    /** Each caller has an exception of its own; what is wrong is its cause. */
    private DatabaseFailure refusal(State.Shut shut) {
        String prefix = "pool '" + pool + "': ";
        String cause = String.valueOf(shut.failure.getMessage());
        String message = prefix + "unavailable since " + shut.since + ": "
                + (cause.startsWith(prefix) ? cause.substring(prefix.length()) : cause);
        return switch (shut.failure) {
            case DatabaseFailure.AuthenticationFailed failure ->
                new DatabaseFailure.AuthenticationFailed(message, failure);
            case DatabaseFailure.ReadOnly failure -> new DatabaseFailure.ReadOnly(message, failure);
            default -> new DatabaseFailure.ConnectionFailed(message, shut.failure);
        };
    }

    /**
     * Waits until it makes sense to open a connection.
     *
     * @return completed as soon as one that begins to be opened now is not worth waiting for; {@code null} once the pool is
     *     closed
     */
    synchronized @Nullable CompletableFuture<Void> awaitOpen() throws InterruptedException {
        while (!closed && !(state instanceof State.Open)) {
            wait();
        }
        return closed ? null : round;
    }

    private sealed interface State {

        /** There is no verdict yet. */
        record Unknown() implements State {}

        record Open() implements State {}

        record Shut(DatabaseFailure failure, Instant since) implements State {}
    }
}

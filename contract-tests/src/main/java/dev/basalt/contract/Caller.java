package dev.basalt.contract;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call on a thread of its own. Whoever waits for it waits {@link #PATIENCE} at most: a call that hangs fails the
 * test.
 *
 * @param <R> what the call returns
 */
public final class Caller<R extends @Nullable Object> {

    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private final FutureTask<R> call;
    private final Thread thread;

    private Caller(Thread.Builder threads, Callable<R> work) {
        call = new FutureTask<>(work);
        thread = threads.unstarted(call);
    }

    /** Starts the call on a virtual thread. */
    public static <R extends @Nullable Object> Caller<R> start(Callable<R> work) {
        return start(Thread.ofVirtual(), work);
    }

    /** Starts the call on a platform thread. */
    public static <R extends @Nullable Object> Caller<R> startOnPlatformThread(Callable<R> work) {
        return start(Thread.ofPlatform().daemon(), work);
    }

    private static <R extends @Nullable Object> Caller<R> start(Thread.Builder threads, Callable<R> work) {
        var caller = new Caller<R>(threads, work);
        caller.thread.start();
        return caller;
    }

    /** Interrupts the thread that the call runs on. */
    public void interrupt() {
        thread.interrupt();
    }

    /** Tells whether the call has returned or thrown. */
    public boolean isDone() {
        return call.isDone();
    }

    /** Waits for the call's answer. */
    public R answer() {
        try {
            return call.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("the call failed", e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("the call did not end", e);
        }
    }

    /** Waits for the call's failure. */
    public Throwable failure() {
        try {
            R answer = call.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            throw new AssertionError("the call was to fail, but returned " + answer);
        } catch (ExecutionException e) {
            return Objects.requireNonNull(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("the call did not end", e);
        }
    }

    /** Gives the call so long to end, and returns whether it has or not. */
    public boolean endsWithin(Duration time) throws InterruptedException {
        return thread.join(time);
    }
}

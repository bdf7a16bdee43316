package dev.basalt.adapters.jdbc.transaction;

import dev.basalt.domain.failure.DatabaseFailure;
import io.micronaut.core.propagation.PropagatedContext;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Moves calls from virtual threads to platform threads, for drivers that block in native code: there a virtual thread
 * holds on to its carrier, and as many slow calls as there are cores stop every other virtual thread. Calls from platform
 * threads stay where they are. Thread-safe.
 */
public final class PlatformThreads implements Dispatcher {

    private final String pool;
    private final ThreadPoolExecutor threads;

    /**
     * Makes an executor whose threads end when they are not needed.
     *
     * @param pool the pool's name, which the threads bear
     * @param use what they are used for, which they bear as well
     * @param size the most threads; with one for each lease, no call that holds a lease waits for a thread
     */
    public PlatformThreads(String pool, String use, int size) {
        this.pool = pool;
        threads = new ThreadPoolExecutor(
                size,
                size,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform()
                        .daemon()
                        .name("basalt-" + pool + "-" + use + "-", 0)
                        .factory());
        threads.allowCoreThreadTimeOut(true);
    }

    @Override
    public <R extends @Nullable Object, X extends Exception> R call(BlockingCall<R, X> work) throws X {
        if (!Thread.currentThread().isVirtual()) {
            return work.call();
        }
        var context = PropagatedContext.getOrEmpty();
        var task = new InterruptibleTask<>(context.wrap((Callable<R>) work::call));
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            throw closed();
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    // The work must end before its connection can be given to anybody else.
                    interrupted = true;
                    task.interrupt();
                } catch (ExecutionException e) {
                    throw PlatformThreads.<X>thrownByWork(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** All that is checked was thrown by the work, whose type the caller knows. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Exception> X thrownByWork(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return (X) Objects.requireNonNull(e.getCause(), "an ExecutionException has a cause");
    }

    @Override
    public void close() {
        for (Runnable waiting : threads.shutdownNow()) {
            if (waiting instanceof InterruptibleTask<?> task) {
                task.refuse(closed());
            }
        }
    }

    private DatabaseFailure closed() {
        return new DatabaseFailure.ConnectionFailed("pool '" + pool + "' is closed", null);
    }

    /** A task whose interruption ends its work but not the wait for it; {@link FutureTask#cancel} ends both. */
    private static final class InterruptibleTask<R extends @Nullable Object> extends FutureTask<R> {
        private @Nullable Thread runner;
        private boolean interrupted;

        InterruptibleTask(Callable<R> work) {
            super(work);
        }

        @Override
        public void run() {
            begin();
            try {
                super.run();
            } finally {
                end();
            }
        }

        private synchronized void begin() {
            runner = Thread.currentThread();
            if (interrupted) {
                runner.interrupt();
            }
        }

        /** The thread goes on to other work, which nobody has interrupted. */
        private synchronized void end() {
            runner = null;
            Thread.interrupted();
        }

        /** Ends the wait of a task that never gets a thread. */
        void refuse(DatabaseFailure failure) {
            setException(failure);
        }

        synchronized void interrupt() {
            interrupted = true;
            if (runner != null) {
                runner.interrupt();
            }
        }
    }
}

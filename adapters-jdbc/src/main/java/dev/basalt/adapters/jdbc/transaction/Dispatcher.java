package dev.basalt.adapters.jdbc.transaction;

import org.jspecify.annotations.Nullable;

/** Decides on which thread a blocking call runs. Thread-safe. */
public interface Dispatcher extends AutoCloseable {

    /** Runs each call on the thread that makes it. */
    Dispatcher CALLER = new Dispatcher() {
        @Override
        public <R extends @Nullable Object, X extends Exception> R call(BlockingCall<R, X> work) throws X {
            return work.call();
        }

        @Override
        public void close() {}
    };

    /** Runs the work and gives what it returns or throws. An interrupt of the caller interrupts the work. */
    <R extends @Nullable Object, X extends Exception> R call(BlockingCall<R, X> work) throws X;

    @Override
    void close();

    /** Work that blocks its thread. */
    @FunctionalInterface
    interface BlockingCall<R extends @Nullable Object, X extends Exception> {

        R call() throws X;
    }
}

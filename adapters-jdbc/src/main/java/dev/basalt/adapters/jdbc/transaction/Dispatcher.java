package dev.basalt.adapters.jdbc.transaction;

import java.util.concurrent.Callable;

/** Decides on which thread a blocking call runs. Thread-safe. */
public interface Dispatcher extends AutoCloseable {

    /** Runs each call on the thread that makes it. */
    Dispatcher CALLER = new Dispatcher() {
        @Override
        public <R> R call(Callable<R> work) throws Exception {
            return work.call();
        }

        @Override
        public void close() {}
    };

    /** Runs the work and gives what it returns or throws. An interrupt of the caller interrupts the work. */
    <R> R call(Callable<R> work) throws Exception;

    @Override
    void close();
}

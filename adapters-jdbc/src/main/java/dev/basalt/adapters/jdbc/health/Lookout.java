package dev.basalt.adapters.jdbc.health;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks again and again, on a thread of its own, until it is closed. Thread-safe. */
final class Lookout {

    private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);

    private final String pool;
    private final Duration pause;
    private final Consumer<Duration> look;
    private final Thread thread;
    /** Guarded by this object's lock. */
    private boolean closed;

    /**
     * Makes a lookout that does not look yet.
     *
     * @param pause from one look to the next
     * @param look is given the time since the last one, but never much more than the pause: who has slept for long, because
     *     the machine had, cannot say that others are late
     */
    Lookout(String pool, Duration pause, Consumer<Duration> look) {
        this.pool = pool;
        this.pause = pause;
        this.look = look;
        this.thread = Thread.ofPlatform()
                .daemon()
                .name("basalt-" + pool + "-heartbeat-watch")
                .unstarted(this::lookUntilClosed);
    }

    /** Begins to look. To be called once, before the close. */
    void start() {
        thread.start();
    }

    private void lookUntilClosed() {
        try {
            for (long last = System.nanoTime(); awaitNext(); ) {
                long now = System.nanoTime();
                Duration most = pause.multipliedBy(2);
                Duration elapsed = Duration.ofNanos(now - last);
                last = now;
                lookOnce(elapsed.compareTo(most) < 0 ? elapsed : most);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookOnce(Duration elapsed) {
        try {
            look.accept(elapsed);
        } catch (RuntimeException | Error e) {
            LOG.error("pool '{}': the watch of the heartbeat failed, and goes on", pool, e);
        }
    }

    private synchronized boolean awaitNext() throws InterruptedException {
        long end = System.nanoTime() + pause.toNanos();
        for (long left = pause.toNanos(); !closed && left > 0; left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return !closed;
    }

    /** Looks no more. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** The thread that looks, and ends after the close. */
    Thread thread() {
        return thread;
    }
}

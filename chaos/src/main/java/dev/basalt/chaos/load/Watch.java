package dev.basalt.chaos.load;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/**
 * Looks at something again and again on a thread of its own, and keeps what it saw.
 *
 * @param <T> what one look gives
 */
public final class Watch<T> implements AutoCloseable {

    /** Longer than a look that cannot be interrupted waits for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Queue<Sample<T>> samples = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private volatile boolean stopped;

    /** Looks from now on, once in so many milliseconds, or as fast as the looks take. */
    public Watch(String name, int everyMs, Supplier<T> look) {
        this.thread = Thread.ofPlatform().daemon().name(name).start(() -> watch(everyMs, look));
    }

    public List<Sample<T>> samples() {
        return List.copyOf(samples);
    }

    /** Ends the looks; the one under way is interrupted, and kept with the time that it had taken. */
    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
        try {
            if (!thread.join(PATIENCE)) {
                throw new IllegalStateException(thread.getName() + " cannot be interrupted");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void watch(int everyMs, Supplier<T> look) {
        while (!stopped) {
            long start = System.nanoTime();
            T seen = look.get();
            long end = System.nanoTime();
            samples.add(new Sample<>(start, end, seen));
            try {
                Thread.sleep(Math.max(0, everyMs - (end - start) / 1_000_000));
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /**
     * One look.
     *
     * @param start when it began, by {@link System#nanoTime}
     * @param end when it ended
     * @param seen what it gave
     */
    public record Sample<T>(long start, long end, T seen) {}
}

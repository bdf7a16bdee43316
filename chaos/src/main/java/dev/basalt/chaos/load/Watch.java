package dev.basalt.chaos.load;

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

    @Override
    public void close() {
        stopped = true;
        thread.interrupt();
    }

    private void watch(int everyMs, Supplier<T> look) {
        while (!stopped) {
            long start = System.nanoTime();
            T seen = look.get();
            if (stopped) {
                return;
            }
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

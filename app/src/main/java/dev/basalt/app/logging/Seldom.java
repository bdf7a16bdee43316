package dev.basalt.app.logging;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Lets a line be written once in ten seconds, and counts those that it holds back. Thread-safe. */
public final class Seldom {

    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    private final LongSupplier clock;
    private long next;
    private long held;

    /**
     * Makes one that lets the first line pass.
     *
     * @param clock the time in nanoseconds, from any origin
     */
    public Seldom(LongSupplier clock) {
        this.clock = clock;
        this.next = clock.getAsLong();
    }

    /** How many were held back before this one; empty if it is held back itself. */
    public synchronized OptionalLong pass() {
        long now = clock.getAsLong();
        if (now - next < 0) {
            held++;
            return OptionalLong.empty();
        }
        long before = held;
        next = now + PAUSE_NANOS;
        held = 0;
        return OptionalLong.of(before);
    }
}

package dev.basalt.app.resilience;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only for who waits. */
final class FakePatience implements Retries.Patience {

    private final List<Duration> pauses = new ArrayList<>();
    private double random = 1;
    private boolean stopping;
    private boolean interrupting;
    private long now;

    /** What pauses are made of from now on, from 0 to 1. */
    void random(double value) {
        random = value;
    }

    /** The service stops in the next pause. */
    void stop() {
        stopping = true;
    }

    /** The caller is interrupted in the next pause. */
    void interrupt() {
        interrupting = true;
    }

    void passes(Duration time) {
        now += time.toNanos();
    }

    List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public double random() {
        return random;
    }

    @Override
    public boolean stopsWithin(Duration pause) throws InterruptedException {
        if (interrupting) {
            throw new InterruptedException();
        }
        pauses.add(pause);
        passes(pause);
        return stopping;
    }
}

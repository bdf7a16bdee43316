package dev.basalt.app.access.credentials;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Digests for a limited time, and a limited number of them: the oldest give way. Thread-safe. */
final class Remembered {

    private final int most;
    private final long nanos;
    private final Map<ByteBuffer, Long> since = new LinkedHashMap<>();

    Remembered(int most, Duration time) {
        this.most = most;
        this.nanos = time.toNanos();
    }

    synchronized void add(ByteBuffer digest) {
        since.remove(digest);
        since.put(digest, System.nanoTime());
        if (since.size() > most) {
            since.remove(since.keySet().iterator().next());
        }
    }

    synchronized boolean contains(ByteBuffer digest) {
        Long added = since.get(digest);
        if (added != null && System.nanoTime() - added >= nanos) {
            since.remove(digest);
            return false;
        }
        return added != null;
    }
}

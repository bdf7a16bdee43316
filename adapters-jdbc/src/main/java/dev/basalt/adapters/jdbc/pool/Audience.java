package dev.basalt.adapters.jdbc.pool;

import dev.basalt.ports.BackendListener;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pool's listener, which may throw what it likes: whoever tells it of something goes on. Thread-safe. */
public final class Audience {

    private static final Logger LOG = LoggerFactory.getLogger(Audience.class);

    private final String pool;
    private final BackendListener listener;

    public Audience(String pool, BackendListener listener) {
        this.pool = pool;
        this.listener = listener;
    }

    /** Tells it what happened. */
    public void tell(Consumer<BackendListener> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException | Error e) {
            LOG.warn("pool '{}': a listener failed", pool, e);
        }
    }
}

package dev.basalt.app.backends;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listeners that are told of events: what one of them throws does not keep the others from being told. Thread-safe. */
public final class Audience<L> {

    private static final Logger LOG = LoggerFactory.getLogger(Audience.class);

    private final List<L> listeners;

    public Audience(List<L> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /** Tells each of them, in their order, what happened in a pool. */
    public void tell(String pool, Consumer<L> event) {
        for (L listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("pool '{}': a listener has failed", pool, e);
            }
        }
    }
}

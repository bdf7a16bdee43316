package dev.basalt.app.backends;

import dev.basalt.app.settings.Faults;
import dev.basalt.app.settings.PoolConfiguration;
import dev.basalt.app.settings.Providers;
import dev.basalt.app.settings.Settings;
import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The open backends by the names of their pools: a primary one and any number of further ones. Thread-safe. */
public final class Backends implements AutoCloseable {

    private final Providers providers;
    private final Function<PoolConfiguration, BackendListener> listeners;
    /** Guards what is open, in the order in which it was opened; opening does not wait for a database. */
    private final Object lock = new Object();

    private final Map<String, Backend> open = new LinkedHashMap<>();
    private boolean closed;

    Backends(Providers providers, Function<PoolConfiguration, BackendListener> listeners) {
        this.providers = providers;
        this.listeners = listeners;
    }

    /**
     * Opens the databases of these settings for a use that nobody listens to.
     *
     * @throws ConfigurationInvalid with all faults, if an adapter rejects its settings
     */
    public static Backends opened(Settings settings, Providers providers) {
        var backends = new Backends(providers, _ -> BackendListener.NONE);
        backends.open(settings.pools());
        return backends;
    }

    /**
     * Opens all of them, or none.
     *
     * @throws ConfigurationInvalid with all faults, if an adapter rejects its settings
     */
    void open(List<PoolConfiguration> pools) {
        var faults = new ArrayList<String>();
        for (PoolConfiguration pool : pools) {
            try {
                var _ = add(pool);
            } catch (ConfigurationInvalid e) {
                faults.add(String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                closeAfter(e);
                throw e;
            }
        }
        try {
            Faults.throwIfAny(faults);
        } catch (ConfigurationInvalid e) {
            closeAfter(e);
            throw e;
        }
    }

    /**
     * Opens one more.
     *
     * @throws ConfigurationInvalid if the name is taken, or the adapter rejects the settings
     * @throws IllegalStateException if everything was closed
     */
    public Backend add(PoolConfiguration pool) {
        DatabaseSettings settings = pool.database();
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("pool '" + settings.pool() + "' cannot be opened: all are closed");
            }
            if (open.containsKey(settings.pool())) {
                throw new ConfigurationInvalid("pool '" + settings.pool() + "' is open already", null);
            }
            Backend backend = providers.opening(settings.url()).open(settings, listeners.apply(pool));
            open.put(settings.pool(), backend);
            return backend;
        }
    }

    /** The one that is used when none is named. */
    public Backend primary() {
        return get(DatabaseSettings.PRIMARY);
    }

    /**
     * The one of this name.
     *
     * @throws UnknownPool if there is none
     */
    public Backend get(String pool) {
        synchronized (lock) {
            Backend backend = open.get(pool);
            if (backend == null) {
                throw new UnknownPool(pool);
            }
            return backend;
        }
    }

    /** All that are open, by name, in the order in which they were opened. */
    public Map<String, Backend> all() {
        synchronized (lock) {
            return new LinkedHashMap<>(open);
        }
    }

    /**
     * Closes all of them, the last one first. Closing twice does nothing more.
     *
     * @param grace the longest to wait, for all of them together, until what is under way has ended
     */
    public void close(Duration grace) {
        RuntimeException failure = closeAll(grace);
        if (failure != null) {
            throw failure;
        }
    }

    /** Closes all of them at once. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }

    private void closeAfter(RuntimeException cause) {
        RuntimeException failure = closeAll(Duration.ZERO);
        if (failure != null) {
            cause.addSuppressed(failure);
        }
    }

    private @Nullable RuntimeException closeAll(Duration grace) {
        long start = System.nanoTime();
        List<Backend> closing;
        synchronized (lock) {
            closed = true;
            closing = new ArrayList<>(open.values()).reversed();
            open.clear();
        }
        RuntimeException first = null;
        for (Backend backend : closing) {
            try {
                Duration left = grace.minusNanos(System.nanoTime() - start);
                backend.close(left.isNegative() ? Duration.ZERO : left);
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        return first;
    }
}

package dev.basalt.app.lifecycle;

import dev.basalt.app.settings.PoolConfiguration;
import dev.basalt.app.settings.Settings;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Whether the service may be sent work: once the schemas of its critical pools are ready, and until it stops. Whether their
 * databases can be used at the moment is another question, which their health answers. Thread-safe.
 */
@Singleton
public final class Readiness {

    private final Schemas schemas;
    private final List<String> critical;
    private final CountDownLatch running = new CountDownLatch(1);

    Readiness(Schemas schemas, Settings settings) {
        this.schemas = schemas;
        this.critical = settings.pools().stream()
                .filter(PoolConfiguration::critical)
                .map(PoolConfiguration::name)
                .toList();
    }

    /** What keeps the service from working; empty if it is ready. */
    public Optional<NotReady> obstacle() {
        if (draining()) {
            return Optional.of(new NotReady("draining", "the service is stopping", true));
        }
        return critical.stream()
                .flatMap(pool -> schemas.of(pool).stream())
                .filter(state -> !state.ready())
                .map(NotReady::because)
                .findFirst();
    }

    /** Tells whether the service is stopping. */
    public boolean draining() {
        return running.getCount() == 0;
    }

    /** Waits so long, or until the service is stopping; tells whether it is. */
    public boolean awaitDraining(Duration time) throws InterruptedException {
        return running.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Is not ready from now on. */
    void drain() {
        running.countDown();
    }
}

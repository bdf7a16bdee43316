package dev.basalt.app.lifecycle;

import dev.basalt.app.backends.Backends;
import dev.basalt.app.settings.Settings;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.ShutdownEvent;
import io.micronaut.core.order.Ordered;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops the service: refuses what is new, answers what has come, closes the databases; in this order, and before anything
 * that answers needs is gone. Nobody is waited for
 * longer than the drain time-out.
 */
@Singleton
final class Shutdown implements ApplicationEventListener<ShutdownEvent>, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);

    private final Readiness readiness;
    private final Connections connections;
    private final Schemas schemas;
    private final Backends backends;
    private final Duration timeout;

    Shutdown(Readiness readiness, Connections connections, Schemas schemas, Backends backends, Settings settings) {
        this.readiness = readiness;
        this.connections = connections;
        this.schemas = schemas;
        this.backends = backends;
        this.timeout = settings.server().drainTimeout();
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void onApplicationEvent(ShutdownEvent event) {
        long start = System.nanoTime();
        readiness.drain();
        LOG.info("stopping: nothing new is taken, what has come is answered within {} ms", timeout.toMillis());
        try {
            connections.refuse(left(start));
            int cut = connections.drain(left(start));
            if (cut > 0) {
                LOG.warn("{} connections did not end in time and are cut", cut);
            }
            schemas.stop(left(start));
        } catch (InterruptedException e) {
            LOG.warn("the stop was interrupted: what is under way is lost");
            Thread.currentThread().interrupt();
        }
        backends.close(left(start));
        LOG.info("stopped in {} ms", Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private Duration left(long start) {
        Duration left = timeout.minusNanos(System.nanoTime() - start);
        return left.isNegative() ? Duration.ZERO : left;
    }
}

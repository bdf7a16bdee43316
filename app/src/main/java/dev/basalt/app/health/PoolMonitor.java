package dev.basalt.app.health;

import dev.basalt.app.backends.Backends;
import dev.basalt.app.settings.Settings;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import io.micronaut.scheduling.TaskScheduler;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Logs now and then how busy the pools are, and warns of those that are too small for what is asked of them. */
@Singleton
final class PoolMonitor implements ApplicationEventListener<ServerStartupEvent> {

    private final Backends backends;
    private final Duration interval;
    private final TaskScheduler scheduler;
    private final Map<String, Saturation> pools = new ConcurrentHashMap<>();

    PoolMonitor(Backends backends, Settings settings, TaskScheduler scheduler) {
        this.backends = backends;
        this.interval = settings.monitor().poolMonitorInterval();
        this.scheduler = scheduler;
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        var _ = scheduler.scheduleAtFixedRate(interval, interval, this::look);
    }

    private void look() {
        backends.all()
                .forEach((pool, backend) -> pools.computeIfAbsent(pool, _ -> new Saturation())
                        .look(backend.pool().stats()));
    }
}

package dev.basalt.app.metrics;

import dev.basalt.app.backends.Backends;
import dev.basalt.app.health.DependencyHealth;
import dev.basalt.app.health.Health;
import dev.basalt.app.lifecycle.SchemaState.Phase;
import dev.basalt.app.lifecycle.Schemas;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.pool.Role;
import dev.basalt.domain.pool.RoleStats;
import dev.basalt.ports.Backend;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Shows how pools, databases and schemas are when somebody asks. Asks by name, so that no closed backend is kept; a pool that
 * is gone has no figures.
 */
@Singleton
final class StandingMetrics implements ApplicationEventListener<ServerStartupEvent> {

    private final Backends backends;
    private final Health health;
    private final Schemas schemas;
    private final MeterRegistry registry;

    StandingMetrics(Backends backends, Health health, Schemas schemas, MeterRegistry registry) {
        this.backends = backends;
        this.health = health;
        this.schemas = schemas;
        this.registry = registry;
    }

    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        backends.all().forEach((pool, backend) -> {
            backend.pool().stats().roles().forEach(role -> showConnections(pool, role));
            show(
                    "hikaricp.connections.min",
                    "Connections kept open though idle",
                    Tags.of(Meters.POOL, pool),
                    () -> backend(pool).map(it -> it.pool().settings().minConnections()));
            showHealth(pool);
            if (schemas.of(pool).isPresent()) {
                showSchema(pool);
            }
        });
    }

    private void showConnections(String pool, RoleStats role) {
        show("hikaricp.connections", "Connections open", pool, role, RoleStats::total);
        show("hikaricp.connections.active", "Connections lent out", pool, role, RoleStats::active);
        show("hikaricp.connections.idle", "Connections open and unused", pool, role, RoleStats::idle);
        show("hikaricp.connections.pending", "Callers queueing for a connection", pool, role, RoleStats::waiting);
        show("hikaricp.connections.max", "The most connections", pool, role, RoleStats::max);
        count(
                "hikaricp.connections.timeout",
                "Callers that gave up queueing for a connection",
                tags(pool, role.role()),
                () -> figure(pool, role.role(), RoleStats::timeouts));
    }

    private void showHealth(String pool) {
        show(
                "basalt.up",
                "1 while the heartbeat says that the database can be used",
                Tags.of(Meters.POOL, pool),
                () -> health(pool).map(known -> known.heartbeat().usable() ? 1 : 0));
        count(
                "basalt.heartbeat.failures",
                "Heartbeats that failed, or were late by the ping time-out",
                Tags.of(Meters.POOL, pool),
                () -> health(pool).map(known -> known.heartbeat().errorCount()));
        for (HealthStatus status : HealthStatus.values()) {
            show(
                    "basalt.health",
                    "1 for the status that the database has",
                    Tags.of(Meters.POOL, pool, "status", status.name()),
                    () -> health(pool).map(known -> known.verdict().status() == status ? 1 : 0));
        }
    }

    private void showSchema(String pool) {
        for (Phase phase : Phase.values()) {
            show(
                    "basalt.schema.state",
                    "1 for the state that the schema is in",
                    Tags.of(Meters.POOL, pool, Meters.STATE, phase.code()),
                    () -> schemas.of(pool).map(state -> state.phase() == phase ? 1 : 0));
        }
    }

    private void show(
            String name, String description, String pool, RoleStats role, ToDoubleFunction<RoleStats> figure) {
        show(name, description, tags(pool, role.role()), () -> figure(pool, role.role(), figure));
    }

    private void show(String name, String description, Tags tags, Supplier<Optional<? extends Number>> figure) {
        Gauge.builder(name, () -> figure.get().map(Number::doubleValue).orElse(Double.NaN))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private void count(String name, String description, Tags tags, Supplier<Optional<? extends Number>> count) {
        // The registry keeps no hold of what it is given to count on: so it gets what is there for as long as the
        // registry.
        FunctionCounter.builder(
                        name, this, _ -> count.get().map(Number::doubleValue).orElse(Double.NaN))
                .description(description)
                .tags(tags)
                .register(registry);
    }

    private static Tags tags(String pool, Role role) {
        return Tags.of(Meters.POOL, pool, "role", Meters.label(role));
    }

    private Optional<Double> figure(String pool, Role role, ToDoubleFunction<RoleStats> figure) {
        return backend(pool).stream()
                .flatMap(backend -> backend.pool().stats().roles().stream())
                .filter(part -> part.role() == role)
                .map(figure::applyAsDouble)
                .findFirst();
    }

    private Optional<Backend> backend(String pool) {
        return Optional.ofNullable(backends.all().get(pool));
    }

    private Optional<DependencyHealth> health(String pool) {
        return health.known().dependencies().stream()
                .filter(known -> known.name().equals(pool))
                .findFirst();
    }
}

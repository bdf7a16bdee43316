package dev.basalt.app.lifecycle;

import dev.basalt.app.backends.Backends;
import dev.basalt.app.backends.HealthChanges;
import dev.basalt.app.settings.PoolConfiguration;
import dev.basalt.app.settings.Settings;
import dev.basalt.ports.Backend;
import dev.basalt.ports.TransactionRunner;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.runtime.server.event.ServerStartupEvent;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The schemas that this service keeps up to date: the primary's, and those of pools that say so. Thread-safe. */
@Singleton
public final class Schemas implements ApplicationEventListener<ServerStartupEvent> {

    private final Map<String, SchemaKeeper> keepers = new LinkedHashMap<>();

    Schemas(Backends backends, Settings settings, HealthChanges changes) {
        for (PoolConfiguration pool : settings.pools()) {
            if (pool.migrate()) {
                var keeper = new SchemaKeeper(
                        backends.get(pool.name()),
                        settings.migrations().onStart(),
                        pool.database().health().probeInterval());
                changes.subscribe(pool.name(), keeper::wake);
                keepers.put(pool.name(), keeper);
            }
        }
    }

    /** Where the schema of a pool stands; empty if it is not ours to migrate. */
    public Optional<SchemaState> of(String pool) {
        return keeper(pool).map(SchemaKeeper::state);
    }

    /** The transactions of a backend, which fail as long as its schema is ours to migrate and not ready. */
    public TransactionRunner readying(Backend backend) {
        return keeper(backend.pool().name())
                .<TransactionRunner>map(keeper -> new ReadyTransactions(backend.transactions(), keeper::state))
                .orElseGet(backend::transactions);
    }

    Optional<SchemaKeeper> keeper(String pool) {
        return Optional.ofNullable(keepers.get(pool));
    }

    /** HTTP is up by now: a schema that takes its time does not keep anybody from asking how it is. */
    @Override
    public void onApplicationEvent(ServerStartupEvent event) {
        keepers.values().forEach(SchemaKeeper::start);
    }

    /** Begins nothing more, and waits so long for what is under way. */
    void stop(Duration grace) throws InterruptedException {
        long start = System.nanoTime();
        for (SchemaKeeper keeper : keepers.values()) {
            Duration left = grace.minusNanos(System.nanoTime() - start);
            keeper.stop(left.isNegative() ? Duration.ZERO : left);
        }
    }
}

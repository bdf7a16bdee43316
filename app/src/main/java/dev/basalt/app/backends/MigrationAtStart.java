package dev.basalt.app.backends;

import dev.basalt.domain.migration.Migration;
import dev.basalt.ports.Backend;
import io.micronaut.context.event.ApplicationEventListener;
import io.micronaut.context.event.StartupEvent;
import jakarta.inject.Singleton;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Migrates the primary database once the context stands and before the server takes its port. */
@Singleton
final class MigrationAtStart implements ApplicationEventListener<StartupEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(MigrationAtStart.class);

    private final Backend primary;

    MigrationAtStart(Backend primary) {
        this.primary = primary;
    }

    @Override
    public void onApplicationEvent(StartupEvent event) {
        List<Migration> ran = primary.migrator().migrate();
        String pool = primary.pool().name();
        if (ran.isEmpty()) {
            LOG.info("pool '{}' ({}): the schema is up to date", pool, primary.product());
        } else {
            LOG.info(
                    "pool '{}' ({}): migrated by {}",
                    pool,
                    primary.product(),
                    String.join(", ", ran.stream().map(Migration::script).toList()));
        }
    }
}

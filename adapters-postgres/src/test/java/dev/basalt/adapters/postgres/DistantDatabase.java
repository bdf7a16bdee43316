package dev.basalt.adapters.postgres;

import static org.awaitility.Awaitility.await;

import dev.basalt.contract.Caller;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.Heartbeat;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.HealthSettings;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A test's own database behind a network that fails as the test has it, and the backends that reach it over that. */
final class DistantDatabase implements BeforeEachCallback, AfterEachCallback {

    /** A heartbeat that notices soon what becomes of the database. */
    static final HealthSettings CLOSELY = new HealthSettings(Duration.ofMillis(50), Duration.ofSeconds(2));

    private final OwnDatabase database = new OwnDatabase();
    private final FaultyNetwork network = new FaultyNetwork(database.server());
    private final Deque<Backend> opened = new ArrayDeque<>();

    /** The database as who is near it sees it. */
    OwnDatabase database() {
        return database;
    }

    FaultyNetwork network() {
        return network;
    }

    /** Opens a backend over the network. */
    Backend open(PoolSettings limits, HealthSettings health, BackendListener listener) {
        String url = "postgresql://%s:%s@localhost:%d/%s"
                .formatted(PostgresServer.SUPERUSER, database.server().password(), network.port(), database.name());
        var settings = new DatabaseSettings("primary", new DatabaseUrl(url), limits, health, Map.of(), Map.of());
        Backend backend = new PostgresBackendProvider().open(settings, listener);
        opened.push(backend);
        return backend;
    }

    static Heartbeat awaitStatus(Backend backend, HealthStatus status) {
        return await("the heartbeat says " + status)
                .until(() -> backend.health().heartbeat(), heartbeat -> heartbeat.status() == status);
    }

    static void awaitUsable(Backend backend) {
        await().until(() -> backend.health().heartbeat().usable());
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        Awaitility.setDefaultTimeout(Caller.PATIENCE);
    }

    @Override
    public void afterEach(ExtensionContext test) {
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        network.close();
        database.close();
        Awaitility.reset();
    }
}

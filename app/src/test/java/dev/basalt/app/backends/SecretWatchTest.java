package dev.basalt.app.backends;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.app.LogLines;
import dev.basalt.app.settings.AccessSettings;
import dev.basalt.app.settings.BreakerSettings;
import dev.basalt.app.settings.MigrationSettings;
import dev.basalt.app.settings.MonitorSettings;
import dev.basalt.app.settings.PoolConfiguration;
import dev.basalt.app.settings.Providers;
import dev.basalt.app.settings.RetrySettings;
import dev.basalt.app.settings.ServerSettings;
import dev.basalt.app.settings.Settings;
import dev.basalt.app.settings.StatementLogging;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.settings.Secret;
import dev.basalt.ports.BackendListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SecretWatchTest {

    @RegisterExtension
    private final LogLines lines = LogLines.of(SecretWatch.class);

    private final AtomicReference<String> password = new AtomicReference<>("old");
    private final FakeProvider provider = new FakeProvider();
    private final Backends backends = new Backends(new Providers(List.of(provider)), _ -> BackendListener.NONE);

    @Test
    void a_changed_secret_has_the_connections_of_its_pool_replaced_once() {
        var settings = new Settings(
                List.of(
                        pool("primary", Map.of("password", Secret.from(password::get))),
                        pool("other", Map.of("password", Secret.of("fixed")))),
                MonitorSettings.DEFAULTS,
                MigrationSettings.DEFAULTS,
                ServerSettings.DEFAULTS,
                AccessSettings.DEFAULTS);
        backends.open(settings.pools());
        var watch = new SecretWatch(settings, backends);
        watch.look();
        assertThat(provider.opened()).extracting(FakeBackend::timesReplaced).containsExactly(0, 0);
        password.set("new");
        watch.look();
        watch.look();

        assertThat(provider.opened()).extracting(FakeBackend::timesReplaced).containsExactly(1, 0);
        assertThat(lines.all())
                .containsExactly("INFO pool 'primary': a secret has changed, every connection is replaced");
    }

    private static PoolConfiguration pool(String name, Map<String, Secret> secrets) {
        return new PoolConfiguration(
                new DatabaseSettings(name, new DatabaseUrl("fake:" + name), PoolSettings.DEFAULTS)
                        .with(Map.of(), secrets),
                StatementLogging.DEFAULTS,
                RetrySettings.DEFAULTS,
                BreakerSettings.DEFAULTS,
                true,
                false);
    }
}

package dev.basalt.app.backends;

import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.SettingFault;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import dev.basalt.ports.BackendProvider;
import java.util.ArrayList;
import java.util.List;

/** Opens backends without a database behind them, and remembers them; {@code fake:refused} it does not open. */
public final class FakeProvider implements BackendProvider {

    private final String product;
    private final String scheme;
    private final List<FakeBackend> opened = new ArrayList<>();

    public FakeProvider() {
        this("fake", "fake:");
    }

    public FakeProvider(String product, String scheme) {
        this.product = product;
        this.scheme = scheme;
    }

    List<FakeBackend> opened() {
        return opened;
    }

    @Override
    public String product() {
        return product;
    }

    @Override
    public List<String> schemes() {
        return List.of(scheme);
    }

    @Override
    public List<SettingFault> faults(DatabaseSettings settings) {
        return settings.url().value().endsWith(":refused")
                ? List.of(new SettingFault(SettingFault.URL, "is refused"))
                : List.of();
    }

    @Override
    public Backend open(DatabaseSettings settings, BackendListener listener) {
        if (settings.url().value().endsWith(":refused")) {
            throw new ConfigurationInvalid("pool '" + settings.pool() + "': the URL is refused", null);
        }
        var backend = new FakeBackend(product, settings, listener);
        opened.add(backend);
        return backend;
    }
}

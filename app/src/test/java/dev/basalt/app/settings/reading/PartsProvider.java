package dev.basalt.app.settings.reading;

import dev.basalt.domain.settings.BackendOption;
import dev.basalt.domain.settings.BackendOption.Kind;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.SettingFault;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import dev.basalt.ports.BackendProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A backend that is never opened. Its databases can be given in parts; {@code ?tls=…} in the URL is its {@code ssl-mode}. */
record PartsProvider(String product, String scheme, List<BackendOption> options) implements BackendProvider {

    private static final List<BackendOption> PARTS = List.of(
            new BackendOption("host", Kind.TEXT, null, "the server"),
            new BackendOption("port", Kind.NUMBER, "5432", "its port"),
            new BackendOption("user", Kind.TEXT, null, "the role"),
            new BackendOption("migration-user", Kind.TEXT, null, "the owner"),
            new BackendOption("password", Kind.SECRET, null, "the role's password"),
            new BackendOption("busy-timeout", Kind.DURATION, "5s", "how long to wait"),
            new BackendOption("create-if-missing", Kind.FLAG, "true", "whether it is made"),
            new BackendOption("ssl-mode", Kind.CHOICE, List.of("disable", "require", "verify-full"), null, "TLS"));

    PartsProvider(String product, String scheme) {
        this(product, scheme, PARTS);
    }

    @Override
    public List<String> schemes() {
        return List.of(scheme);
    }

    @Override
    public Optional<DatabaseUrl> urlOf(Map<String, String> set) {
        return Optional.ofNullable(set.get("host")).map(host -> new DatabaseUrl(scheme + host));
    }

    @Override
    public List<SettingFault> faults(DatabaseSettings settings) {
        var faults = new ArrayList<SettingFault>();
        String url = settings.url().value();
        String tls = settings.options().get("ssl-mode");
        if (tls != null && url.contains("?tls=") && !url.endsWith("?tls=" + tls)) {
            faults.add(new SettingFault(List.of(SettingFault.URL, "ssl-mode"), "contradict each other"));
        }
        if (url.contains("?unknown")) {
            faults.add(new SettingFault(SettingFault.URL, "has the unknown parameter 'unknown': tls is allowed"));
        }
        if ("false".equals(settings.options().get("create-if-missing"))) {
            faults.add(new SettingFault(List.of("create-if-missing"), "is false: database file not found"));
        }
        return faults;
    }

    @Override
    public Backend open(DatabaseSettings settings, BackendListener listener) {
        throw new IllegalStateException("only its settings are of interest");
    }
}

package dev.basalt.app.settings;

import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.ports.BackendProvider;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The installed adapters, and which of them opens a URL. */
public final class Providers {

    private final List<BackendProvider> installed;

    public Providers(List<BackendProvider> installed) {
        this.installed = List.copyOf(installed);
    }

    /** All of them. */
    public List<BackendProvider> all() {
        return installed;
    }

    /** Those on the class path. */
    public static Providers installed() {
        return new Providers(ServiceLoader.load(BackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    /**
     * The one adapter that accepts the URL.
     *
     * @throws ConfigurationInvalid if none does, or more than one; the message lists what is installed
     */
    public BackendProvider opening(DatabaseUrl url) {
        List<BackendProvider> accepting =
                installed.stream().filter(provider -> provider.accepts(url)).toList();
        return switch (accepting.size()) {
            case 1 -> accepting.getFirst();
            case 0 ->
                throw new ConfigurationInvalid(
                        "no installed backend opens URLs that begin with '%s'. Installed: %s"
                                .formatted(scheme(url), described(installed)),
                        null);
            default ->
                throw new ConfigurationInvalid(
                        "more than one installed backend opens URLs that begin with '%s': %s"
                                .formatted(scheme(url), described(accepting)),
                        null);
        };
    }

    /** The URL up to its first colon, with slashes; nothing without one: the rest may hold a password. */
    private static String scheme(DatabaseUrl url) {
        return url.value().replaceFirst("(?s)^((?:jdbc:)?[A-Za-z0-9+.-]{0,30}:/{0,2})?.*", "$1");
    }

    private static String described(List<BackendProvider> providers) {
        return providers.isEmpty()
                ? "none"
                : providers.stream()
                        .map(provider -> provider.product() + " (" + String.join(", ", provider.schemes()) + ")")
                        .sorted()
                        .collect(Collectors.joining(", "));
    }
}

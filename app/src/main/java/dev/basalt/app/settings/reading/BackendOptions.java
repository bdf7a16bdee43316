package dev.basalt.app.settings.reading;

import dev.basalt.app.settings.catalogue.Catalogue;
import dev.basalt.app.settings.catalogue.Setting;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.Secret;
import dev.basalt.domain.settings.SettingFault;
import dev.basalt.ports.BackendProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is set for one backend alone in one pool. */
final class BackendOptions {

    /** How a message begins that needs the setting's name before it; others stand for themselves. */
    private static final Pattern READS_ON = Pattern.compile("(is|are|has|have|says?|contradicts?)\\b");

    private final BackendProvider provider;
    private final Values values;
    private final Map<String, String> options = new LinkedHashMap<>();
    private final Map<String, Secret> secrets = new LinkedHashMap<>();

    BackendOptions(BackendProvider provider, Values values) {
        this.provider = provider;
        this.values = values;
        for (Setting setting : settings()) {
            // The backend knows its defaults itself.
            if (values.of(setting).given() != null) {
                values.text(setting).ifPresent(value -> options.put(setting.key(), value));
                values.secret(setting).ifPresent(secret -> secrets.put(setting.key(), secret));
            }
        }
    }

    List<Setting> settings() {
        return Catalogue.of(provider);
    }

    BackendProvider provider() {
        return provider;
    }

    /** The database that they describe on their own, if they do. */
    Optional<DatabaseUrl> url() {
        return provider.urlOf(options);
    }

    /** Tells whether it knows a setting of this key. */
    boolean has(String key) {
        return settings().stream().anyMatch(setting -> setting.key().equals(key));
    }

    /** The names of what users gave of them, for a message. */
    String describing() {
        return settings().stream()
                .filter(values::byUser)
                .map(setting -> values.of(setting).name())
                .collect(Collectors.joining(", "));
    }

    /**
     * Completes the settings. What a profile says gives way where it does not go with what the user says.
     *
     * @param settings those without options
     * @param faults where faults are noted
     */
    DatabaseSettings complete(DatabaseSettings settings, List<String> faults) {
        DatabaseSettings complete = settings.with(options, secrets);
        List<SettingFault> found = provider.faults(complete);
        List<String> yielding = found.stream()
                .flatMap(fault -> fault.keys().stream())
                .filter(this::isShipped)
                .toList();
        if (!yielding.isEmpty()) {
            options.keySet().removeAll(yielding);
            settings().stream()
                    .filter(setting -> yielding.contains(setting.key()))
                    .forEach(values::unused);
            complete = settings.with(options, secrets);
            found = provider.faults(complete);
        }
        found.forEach(fault -> faults.add(fault.keys().stream().map(this::name).collect(Collectors.joining(" and "))
                + behindNames(fault.message())));
        return complete;
    }

    private static String behindNames(String message) {
        return (READS_ON.matcher(message).lookingAt() ? " " : ": ") + message;
    }

    private boolean isShipped(String key) {
        return settings().stream()
                .anyMatch(setting ->
                        setting.key().equals(key) && values.of(setting).given() != null && !values.byUser(setting));
    }

    private String name(String key) {
        return key.equals(SettingFault.URL)
                ? values.of(Catalogue.DATABASE_URL).name()
                : settings().stream()
                        .filter(setting -> setting.key().equals(key))
                        .findFirst()
                        .map(setting -> values.of(setting).name())
                        .orElse(key);
    }
}

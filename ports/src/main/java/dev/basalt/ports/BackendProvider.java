package dev.basalt.ports;

import dev.basalt.domain.settings.BackendOption;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.SettingFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Opens databases of one backend; found by {@link java.util.ServiceLoader}. The only type of an adapter that others
 * see. Thread-safe.
 */
public interface BackendProvider {

    /** The backend's name, in lower case: {@code postgresql}, {@code sqlite}. */
    String product();

    /** How the URLs begin that it accepts, for messages, such as {@code postgresql://}. */
    List<String> schemes();

    /** Tells whether the URL is one of its own, by its scheme alone. */
    default boolean accepts(DatabaseUrl url) {
        return schemes().stream().anyMatch(url.value()::startsWith);
    }

    /** What can be set for its databases beside the URL and the limits. */
    default List<BackendOption> options() {
        return List.of();
    }

    /**
     * The URL of a database that is given in parts.
     *
     * @param options what is set, by key
     * @return the URL that the parts complete, or empty if they do not say where a database is
     */
    default Optional<DatabaseUrl> urlOf(Map<String, String> options) {
        return Optional.empty();
    }

    /**
     * Looks for everything that is wrong with the settings, as far as that can be told without waiting for a database.
     *
     * @return the faults, all of them; empty if {@link #open} accepts the settings
     */
    List<SettingFault> faults(DatabaseSettings settings);

    /**
     * Opens a database, without waiting for it to be up.
     *
     * @param settings where it is, and the limits of its pool
     * @param listener who is told what happens
     * @throws dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid if the settings have a
     *     {@linkplain #faults fault}
     */
    Backend open(DatabaseSettings settings, BackendListener listener);
}

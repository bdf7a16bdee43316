package dev.basalt.ports;

import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import java.util.List;

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

    /**
     * Opens a database, without waiting for it to be up.
     *
     * @param settings where it is, and the limits of its pool
     * @param listener who is told what happens
     * @throws dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid if the URL is not one that it understands
     */
    Backend open(DatabaseSettings settings, BackendListener listener);
}

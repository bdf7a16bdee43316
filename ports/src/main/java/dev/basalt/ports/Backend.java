package dev.basalt.ports;

import dev.basalt.domain.settings.DatabasePlace;
import java.time.Duration;
import java.util.Optional;

/**
 * The ports of one opened database, closed as one. Thread-safe.
 *
 * <p>Opening one does not need the database to be up; using it does.
 */
public interface Backend extends AutoCloseable {

    /** The backend's name, as its provider gives it. */
    String product();

    /** Where the database is, without a credential. */
    DatabasePlace place();

    ConnectionPool pool();

    HealthProbe health();

    Migrator migrator();

    Introspector introspector();

    TransactionRunner transactions();

    /**
     * What lies under the ports, for adapters that work together; the rest of the house has no use for it.
     *
     * @return this backend as the given type, or empty if it is none
     */
    <T> Optional<T> unwrap(Class<T> type);

    /**
     * Takes no more work, waits for what is under way to end, and then closes every connection. Closing twice does nothing
     * more; a second close during the first one has both wait no longer than the one that waits less.
     *
     * @param grace the longest to wait; what has not ended by then fails. An interrupt ends the wait
     */
    void close(Duration grace);

    /** Closes every connection at once. Closing twice does nothing more. */
    @Override
    default void close() {
        close(Duration.ZERO);
    }
}

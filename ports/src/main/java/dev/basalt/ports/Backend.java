package dev.basalt.ports;

import java.util.Optional;

/**
 * The ports of one opened database, closed as one. Thread-safe.
 *
 * <p>Opening one does not need the database to be up; using it does.
 */
public interface Backend extends AutoCloseable {

    /** The backend's name, as its provider gives it. */
    String product();

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

    /** Closes every connection. Closing twice does nothing more. */
    @Override
    void close();
}

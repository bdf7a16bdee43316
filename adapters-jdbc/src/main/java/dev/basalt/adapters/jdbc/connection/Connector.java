package dev.basalt.adapters.jdbc.connection;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens a connection, with everything set on it that its role needs. Thread-safe. */
@FunctionalInterface
public interface Connector {

    Connection connect() throws SQLException;
}

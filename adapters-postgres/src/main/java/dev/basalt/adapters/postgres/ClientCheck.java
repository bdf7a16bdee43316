package dev.basalt.adapters.postgres;

import dev.basalt.adapters.jdbc.connection.Connector;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Has the server look, while a statement runs, whether its client is still there: a statement that waits for a lock would
 * otherwise keep those that it has until its own time-out. Thread-safe.
 *
 * <p>Not every server can: on Windows it refuses the setting, so it is not a start-up option, which would be refused with
 * the connection.
 */
final class ClientCheck {

    /** What a server answers that cannot look. */
    private static final String INVALID_PARAMETER_VALUE = "22023";

    private final Duration interval;
    private volatile boolean supported;

    /**
     * The check, to be made this often.
     *
     * @param interval zero for never
     */
    ClientCheck(Duration interval) {
        this.interval = interval;
        this.supported = !interval.isZero();
    }

    /** The connector, with the check set on what it opens. */
    Connector on(Connector connector) {
        return () -> {
            Connection connection = connector.connect();
            try {
                if (supported) {
                    set(connection);
                }
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        };
    }

    private void set(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET client_connection_check_interval = " + interval.toMillis());
        } catch (SQLException e) {
            if (!INVALID_PARAMETER_VALUE.equals(e.getSQLState())) {
                throw e;
            }
            supported = false;
        }
    }
}

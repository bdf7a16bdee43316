package dev.basalt.adapters.jdbc.migration;

import dev.basalt.adapters.jdbc.dialect.Identifiers;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * The table in which Flyway keeps what has run. Its layout is part of Flyway's documentation.
 *
 * @param name as statements have it, with its schema, so that no search path of a script leads elsewhere
 */
record HistoryTable(String name) {

    /** The history of the schema that a connection works in. */
    static HistoryTable of(Connection connection, String table) throws SQLException {
        String schema = connection.getSchema();
        return new HistoryTable(schema == null ? Identifiers.quoted(table) : Identifiers.quoted(schema, table));
    }

    /** Removes one entry, and with the last one the table, which was not there before the first. */
    void remove(Connection connection, int rank) throws SQLException {
        try (var statement = connection.createStatement()) {
            int removed = statement.executeUpdate("DELETE FROM %s WHERE \"installed_rank\" = %d".formatted(name, rank));
            if (removed != 1) {
                throw new SQLException("the history " + name + " has lost its entry meanwhile", "40001");
            }
            boolean empty;
            try (var row = statement.executeQuery("SELECT count(*) FROM " + name)) {
                empty = row.next() && row.getLong(1) == 0;
            }
            if (empty) {
                statement.execute("DROP TABLE " + name);
            }
        }
    }
}

package dev.basalt.adapters.jdbc.health;

import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.domain.transaction.TransactionOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The table that is there to be written to by probes, or a temporary one where the migrations have not made it. All is done
 * in one transaction that commits, and that leaves no row wherever it ends.
 */
final class ProbeTable {

    static final String NAME = "basalt_probe";

    /** With another name, so that it hides nothing that somebody made meanwhile. */
    private static final String TEMPORARY = "basalt_temporary_probe";

    private final Connection connection;
    private final Dialect dialect;
    private final String id = UUID.randomUUID().toString();

    private ProbeTable(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    /**
     * Writes a row, reads it back, joins and counts it, and deletes it.
     *
     * @return whether that was in the table of the migrations, and so a write that reached the database
     */
    static boolean exercise(Connection connection, Dialect dialect) throws SQLException {
        return new ProbeTable(connection, dialect).inTransaction(table -> {
            if (dialect.hasTable(connection, NAME)) {
                table.exercise(NAME);
                return true;
            }
            table.update("CREATE TEMPORARY TABLE " + TEMPORARY + " (id TEXT PRIMARY KEY, payload TEXT NOT NULL)");
            table.exercise(TEMPORARY);
            table.update("DROP TABLE " + TEMPORARY);
            return false;
        });
    }

    /** Writes and deletes a row, in the table of the migrations. */
    static void write(Connection connection, Dialect dialect) throws SQLException {
        new ProbeTable(connection, dialect).inTransaction(table -> {
            table.insert(NAME);
            table.delete(NAME);
            return true;
        });
    }

    private void exercise(String table) throws SQLException {
        insert(table);
        require(payload(), text("SELECT payload FROM " + table + " WHERE id = ?"));
        require(
                "1",
                text("SELECT count(*) FROM " + table + " AS one JOIN " + table
                        + " AS other ON other.id = one.id AND other.payload = one.payload WHERE one.id = ?"));
        delete(table);
    }

    private void insert(String table) throws SQLException {
        update("INSERT INTO " + table + " (id, payload) VALUES (?, ?)", id, payload());
    }

    private void delete(String table) throws SQLException {
        require("1", Integer.toString(update("DELETE FROM " + table + " WHERE id = ?", id)));
    }

    private String payload() {
        return "probe " + id;
    }

    private int update(String sql, String... parameters) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            return statement.executeUpdate();
        }
    }

    private @Nullable String text(String sql) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, id);
            try (var row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private static void require(String written, @Nullable String read) throws SQLException {
        if (!written.equals(read)) {
            throw new SQLException("the probe expected '%s' and found '%s'".formatted(written, read));
        }
    }

    private boolean inTransaction(Work work) throws SQLException {
        try {
            dialect.begin(connection, TransactionOptions.WRITE);
            boolean result = work.run(this);
            dialect.commit(connection);
            return result;
        } catch (SQLException | RuntimeException e) {
            try {
                dialect.rollback(connection);
            } catch (SQLException rollback) {
                // Whoever has the connection closes it after any failure, which rolls back as well.
                e.addSuppressed(rollback);
            }
            throw e;
        }
    }

    @FunctionalInterface
    private interface Work {
        boolean run(ProbeTable table) throws SQLException;
    }
}

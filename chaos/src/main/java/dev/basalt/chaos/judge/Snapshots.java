package dev.basalt.chaos.judge;

import dev.basalt.chaos.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds up all the money there is, each time in one statement and so in one snapshot. Not thread-safe. */
public final class Snapshots implements AutoCloseable {

    private static final String SUMS = """
            SELECT (SELECT COALESCE(SUM(balance), 0) FROM accounts),
                   (SELECT COALESCE(SUM(amount), 0) FROM entries),
                   (SELECT COALESCE(SUM(balance), 0) FROM accounts WHERE NOT system)
            """;

    private final Database database;
    private @Nullable Connection connection;

    public Snapshots(Database database) {
        this.database = database;
    }

    /** The sums as they are now, or nothing where the database does not answer. */
    public Optional<Sums> take() {
        try {
            if (connection == null) {
                connection = database.connect();
            }
            try (var statement = connection.createStatement();
                    var row = statement.executeQuery(SUMS)) {
                row.next();
                return Optional.of(new Sums(row.getLong(1), row.getLong(2), row.getLong(3)));
            }
        } catch (SQLException e) {
            close();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException e) {
            // It was broken already.
        } finally {
            connection = null;
        }
    }

    /**
     * The money in one snapshot, in minor units.
     *
     * @param balances of all accounts: 0, as the system accounts owe what the others have
     * @param entries of all bookings: 0
     * @param customers of all accounts but the system's
     */
    public record Sums(long balances, long entries, long customers) {}
}

package dev.basalt.chaos.judge;

import dev.basalt.chaos.database.Database;
import dev.basalt.chaos.load.Order;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The whole ledger as it stands in the database. Immutable.
 *
 * @param transfers those that were carried out, by their keys
 * @param entries by the numbers of their transfers
 * @param balances by the numbers of the accounts
 */
record Books(Map<String, Transfer> transfers, Map<Long, List<Entry>> entries, Map<Long, Long> balances) {

    /** What the system accounts pay out when an account is opened. */
    private static final String OPENING = "opening balance";

    /** Reads it as it is at one moment. */
    static Books of(Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            return read(connection);
        }
    }

    /** Reads it in one transaction, and so in one snapshot. */
    static Books read(Connection connection) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        var transfers = new HashMap<String, Transfer>();
        var entries = new HashMap<Long, List<Entry>>();
        var balances = new HashMap<Long, Long>();
        each(
                connection,
                "SELECT idempotency_key, id, from_account, to_account, amount, description FROM transfers"
                        + " WHERE refusal IS NULL",
                row -> transfers.put(
                        row.getString(1),
                        new Transfer(
                                row.getLong(2),
                                new Order(row.getString(1), row.getLong(3), row.getLong(4), row.getLong(5)),
                                row.getString(6).equals(OPENING))));
        each(
                connection,
                "SELECT transfer_id, account_id, amount FROM entries",
                row -> entries.computeIfAbsent(row.getLong(1), _ -> new ArrayList<>())
                        .add(new Entry(row.getLong(2), row.getLong(3))));
        each(connection, "SELECT id, balance FROM accounts", row -> balances.put(row.getLong(1), row.getLong(2)));
        connection.commit();
        return new Books(transfers, entries, balances);
    }

    private static void each(Connection connection, String query, Reading reading) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            while (row.next()) {
                reading.read(row);
            }
        }
    }

    @FunctionalInterface
    private interface Reading {
        void read(ResultSet row) throws SQLException;
    }

    record Transfer(long id, Order order, boolean opening) {}

    record Entry(long account, long amount) {}
}

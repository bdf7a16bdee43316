package dev.basalt.benchmarks.throughput;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.UUID;

/** The same transfer by hand: plain JDBC, a transaction each, on a connection whose auto-commit is off. */
final class PlainTransfers {

    private static final String LOCKING = " FOR NO KEY UPDATE";

    private final String lock;
    private final Object now;
    private final Accounts accounts;

    private PlainTransfers(String lock, Object now, Accounts accounts) {
        this.lock = "SELECT id, balance FROM accounts WHERE id IN (?, ?) ORDER BY id" + lock;
        this.now = now;
        this.accounts = accounts;
    }

    static PlainTransfers onPostgres(Accounts accounts) {
        return new PlainTransfers(LOCKING, new Timestamp(System.currentTimeMillis()), accounts);
    }

    /** There the writer has the whole database. */
    static PlainTransfers onSqlite(Accounts accounts) {
        return new PlainTransfers("", System.currentTimeMillis() * 1000, accounts);
    }

    /** Books one, and commits. */
    void book(Connection connection) throws SQLException {
        int index = accounts.random();
        long from = accounts.number(index);
        long to = accounts.number(accounts.randomBut(index));
        long low = Math.min(from, to);
        long high = Math.max(from, to);
        long lowBalance;
        long highBalance;
        try (var statement = connection.prepareStatement(lock)) {
            statement.setLong(1, low);
            statement.setLong(2, high);
            try (var rows = statement.executeQuery()) {
                rows.next();
                lowBalance = rows.getLong(2);
                rows.next();
                highBalance = rows.getLong(2);
            }
        }
        long lowMoves = low == from ? -1 : 1;
        long transfer = insertTransfer(connection, from, to);
        insertEntry(connection, low, transfer, lowMoves, lowBalance);
        insertEntry(connection, high, transfer, -lowMoves, highBalance);
        update(connection, low, lowMoves);
        update(connection, high, -lowMoves);
        connection.commit();
    }

    private long insertTransfer(Connection connection, long from, long to) throws SQLException {
        try (var statement = connection.prepareStatement("""
                INSERT INTO transfers (idempotency_key, from_account, to_account, amount, currency, description, created_at)
                VALUES (?, ?, ?, 1, 'EUR', 'benchmark', ?) RETURNING id
                """)) {
            statement.setString(1, UUID.randomUUID().toString());
            statement.setLong(2, from);
            statement.setLong(3, to);
            statement.setObject(4, now);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private void insertEntry(Connection connection, long account, long transfer, long amount, long balance)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO entries (account_id, transfer_id, amount, balance_after, created_at) VALUES (?, ?, ?, ?, ?)")) {
            statement.setLong(1, account);
            statement.setLong(2, transfer);
            statement.setLong(3, amount);
            statement.setLong(4, balance + amount);
            statement.setObject(5, now);
            statement.executeUpdate();
        }
    }

    private static void update(Connection connection, long account, long amount) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "UPDATE accounts SET balance = balance + ?, version = version + 1 WHERE id = ?")) {
            statement.setLong(1, amount);
            statement.setLong(2, account);
            statement.executeUpdate();
        }
    }
}

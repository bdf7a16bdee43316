package dev.basalt.adapters.jdbc.transaction;

import dev.basalt.adapters.jdbc.dialect.Dialect;
import dev.basalt.domain.failure.DatabaseFailure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements in the transaction that runs on the calling thread; outside of one they fail with {@link
 * IllegalStateException}. The driver's failures come translated. Thread-safe.
 */
public final class JdbcSession {

    private final JdbcTransactions transactions;
    private final Dialect dialect;
    private final String pool;

    public JdbcSession(JdbcTransactions transactions, Dialect dialect, String pool) {
        this.transactions = transactions;
        this.dialect = dialect;
        this.pool = pool;
    }

    /** The transaction that runs on this thread. */
    public RunningTransaction transaction() {
        return transactions
                .current()
                .orElseThrow(() -> new IllegalStateException("pool '" + pool + "': no transaction is running"));
    }

    /** Reads rows. */
    public <T extends @Nullable Object> List<T> query(String sql, RowReader<T> reader, @Nullable Object... parameters) {
        try (var statement = prepared(sql, parameters);
                var rows = statement.executeQuery()) {
            var read = new ArrayList<T>();
            while (rows.next()) {
                read.add(reader.read(rows));
            }
            return read;
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    /** Changes rows; returns how many. */
    public int update(String sql, @Nullable Object... parameters) {
        try (var statement = prepared(sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw translated(e);
        }
    }

    /** The failure that the driver's exception stands for. */
    public DatabaseFailure translated(SQLException failure) {
        return dialect.translate(pool, failure).attributedTo(pool);
    }

    private PreparedStatement prepared(String sql, @Nullable Object... parameters) throws SQLException {
        Connection connection = transaction().connection();
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    /** Makes a value of the row that the result set stands on. */
    @FunctionalInterface
    public interface RowReader<T extends @Nullable Object> {

        T read(ResultSet row) throws SQLException;
    }
}

package dev.basalt.adapters.postgres;

import dev.basalt.adapters.jdbc.JdbcBackend;
import dev.basalt.adapters.jdbc.migration.FlywayMigrator;
import dev.basalt.adapters.jdbc.transaction.JdbcSession;
import dev.basalt.contract.TestDatabase;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendProvider;
import dev.basalt.ports.Migrator;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A database of its own for each test, on a server that they share. */
public final class PostgresTestDatabase implements TestDatabase {

    /** Made by {@link java.util.ServiceLoader}. */
    public PostgresTestDatabase() {}

    @Override
    public BackendProvider provider() {
        return new PostgresBackendProvider();
    }

    @Override
    public DatabaseUrl create() {
        PostgresServer server = PostgresServer.get();
        return new DatabaseUrl(server.url(server.createDatabase()));
    }

    @Override
    public boolean durable() {
        return true;
    }

    @Override
    public int execute(Backend backend, String sql) {
        return session(backend).update(sql);
    }

    @Override
    public List<List<@Nullable Object>> query(Backend backend, String sql) {
        return session(backend).query(sql, PostgresTestDatabase::values);
    }

    @Override
    public List<String> schemaDump(Backend backend) {
        return backend.transactions()
                .inTransaction(
                        TransactionOptions.READ,
                        transaction -> session(backend).query(PostgresSchemaDump.QUERY, row -> row.getString(1)));
    }

    @Override
    public Migrator migrator(Backend backend, String folder) {
        return ((FlywayMigrator) backend.migrator()).withScripts(folder);
    }

    private static JdbcSession session(Backend backend) {
        return backend.unwrap(JdbcBackend.class).orElseThrow().session();
    }

    private static List<@Nullable Object> values(ResultSet row) throws SQLException {
        var values = new ArrayList<@Nullable Object>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            Object value = row.getObject(i);
            values.add(value instanceof Integer || value instanceof Short ? ((Number) value).longValue() : value);
        }
        return values;
    }

    @Override
    public String refuseWrites() {
        return "SET TRANSACTION READ ONLY";
    }

    @Override
    public String toString() {
        return "postgresql";
    }
}

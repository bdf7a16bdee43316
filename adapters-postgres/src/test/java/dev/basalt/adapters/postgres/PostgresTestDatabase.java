package dev.basalt.adapters.postgres;

import dev.basalt.adapters.jdbc.JdbcBackend;
import dev.basalt.adapters.jdbc.migration.FlywayMigrator;
import dev.basalt.adapters.jdbc.transaction.JdbcSession;
import dev.basalt.contract.SessionState;
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
import java.util.Optional;
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

    /** With comments where they hide what it is about. */
    @Override
    public Optional<SessionState.Change> change(SessionState state) {
        return switch (state) {
            case SETTING ->
                change("/* to */ SET -- be\n search_path = pg_catalog", "SELECT current_setting('search_path')");
            case ROLE -> change("SET/**/ROLE pg_monitor", "SELECT CAST(current_user AS TEXT)");
            case TEMPORARY_TABLE ->
                change(
                        "CREATE /* /* not */ for ever */ TEMP TABLE basalt_left (id INT)",
                        "SELECT to_regclass('basalt_left') IS NULL");
            case LOCK ->
                change(
                        "SELECT true FROM pg_advisory_lock(4711)",
                        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()");
            case PREPARED_STATEMENT ->
                change(
                        "PREPARE basalt_left AS SELECT 1",
                        "SELECT count(*) FROM pg_prepared_statements WHERE name = 'basalt_left'");
            case CURSOR ->
                change(
                        "DECLARE basalt_left CURSOR WITH HOLD FOR SELECT 1",
                        "SELECT count(*) FROM pg_cursors WHERE name = 'basalt_left'");
            case BLOCK ->
                change(
                        "DO $$ BEGIN SET application_name = 'left'; END $$",
                        "SELECT current_setting('application_name')");
            case ATTACHED_DATABASE -> Optional.empty();
        };
    }

    private static Optional<SessionState.Change> change(String statement, String look) {
        return Optional.of(new SessionState.Change(statement, look));
    }

    @Override
    public String toString() {
        return "postgresql";
    }
}

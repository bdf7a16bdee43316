package dev.basalt.adapters.sqlite;

import dev.basalt.adapters.jdbc.migration.FlywayMigrator;
import dev.basalt.contract.SessionState;
import dev.basalt.contract.TestDatabase;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendProvider;
import dev.basalt.ports.Migrator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQLite in memory: each backend that is opened is a database of its own. */
public final class SqliteMemoryTestDatabase implements TestDatabase {

    @Override
    public BackendProvider provider() {
        return new SqliteBackendProvider();
    }

    @Override
    public DatabaseUrl create() {
        return new DatabaseUrl("sqlite::memory:");
    }

    @Override
    public boolean durable() {
        return false;
    }

    @Override
    public int execute(Backend backend, String sql) {
        return SqliteStatements.execute(backend, sql);
    }

    @Override
    public List<List<@Nullable Object>> query(Backend backend, String sql) {
        return SqliteStatements.query(backend, sql);
    }

    @Override
    public List<String> schemaDump(Backend backend) {
        return SqliteStatements.schemaDump(backend);
    }

    @Override
    public Migrator migrator(Backend backend, String folder) {
        return ((FlywayMigrator) backend.migrator()).withScripts(folder);
    }

    @Override
    public String refuseWrites() {
        return "PRAGMA query_only = ON";
    }

    @Override
    public Optional<SessionState.Change> change(SessionState state) {
        return SqliteStatements.change(state);
    }

    @Override
    public String toString() {
        return "sqlite memory";
    }
}

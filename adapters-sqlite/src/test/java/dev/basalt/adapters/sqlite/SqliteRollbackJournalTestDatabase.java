package dev.basalt.adapters.sqlite;

import dev.basalt.contract.SessionState;
import dev.basalt.contract.TestDatabase;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.SettingFault;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import dev.basalt.ports.BackendProvider;
import dev.basalt.ports.Migrator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQLite in files without a write-ahead log. Not published as a service: the journal mode is an option, not part of the URL. */
final class SqliteRollbackJournalTestDatabase implements TestDatabase {

    private final SqliteFileTestDatabase file = new SqliteFileTestDatabase();
    private final String journalMode;

    SqliteRollbackJournalTestDatabase(String journalMode) {
        this.journalMode = journalMode;
    }

    @Override
    public BackendProvider provider() {
        return new WithJournalMode(file.provider(), Map.of("sqlite-journal-mode", journalMode));
    }

    @Override
    public DatabaseUrl create() {
        return file.create();
    }

    @Override
    public boolean durable() {
        return true;
    }

    @Override
    public int execute(Backend backend, String sql) {
        return file.execute(backend, sql);
    }

    @Override
    public List<List<@Nullable Object>> query(Backend backend, String sql) {
        return file.query(backend, sql);
    }

    @Override
    public List<String> schemaDump(Backend backend) {
        return file.schemaDump(backend);
    }

    @Override
    public Migrator migrator(Backend backend, String folder) {
        return file.migrator(backend, folder);
    }

    @Override
    public String refuseWrites() {
        return file.refuseWrites();
    }

    @Override
    public Optional<SessionState.Change> change(SessionState state) {
        return file.change(state);
    }

    @Override
    public String toString() {
        return "sqlite file, journal mode " + journalMode;
    }

    private record WithJournalMode(BackendProvider provider, Map<String, String> set) implements BackendProvider {

        @Override
        public String product() {
            return provider.product();
        }

        @Override
        public List<String> schemes() {
            return provider.schemes();
        }

        @Override
        public List<SettingFault> faults(DatabaseSettings settings) {
            return provider.faults(settings.with(set, Map.of()));
        }

        @Override
        public Backend open(DatabaseSettings settings, BackendListener listener) {
            return provider.open(settings.with(set, Map.of()), listener);
        }
    }
}

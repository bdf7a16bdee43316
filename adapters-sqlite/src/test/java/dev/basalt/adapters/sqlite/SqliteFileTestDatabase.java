package dev.basalt.adapters.sqlite;

import dev.basalt.adapters.jdbc.migration.FlywayMigrator;
import dev.basalt.contract.SessionState;
import dev.basalt.contract.TestDatabase;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendProvider;
import dev.basalt.ports.Migrator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** SQLite in files, each in a temporary folder of its own that is deleted when the tests end. */
public final class SqliteFileTestDatabase implements TestDatabase {

    @Override
    public BackendProvider provider() {
        return new SqliteBackendProvider();
    }

    @Override
    public DatabaseUrl create() {
        return new DatabaseUrl("sqlite:" + folder().resolve("basalt.db"));
    }

    /** Makes a folder that is deleted when the tests end. */
    static Path folder() {
        try {
            Path folder = Files.createTempDirectory("basalt-sqlite-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean durable() {
        return true;
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
        return "sqlite file";
    }
}

package dev.basalt.adapters.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.basalt.contract.BackendFixture;
import dev.basalt.contract.Caller;
import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.migration.Migration;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in the folder of a database, and what migrating does with it. */
@Timeout(120)
final class SqliteFilesTest {

    private static final String SCRIPTS = "/dev/basalt/adapters/sqlite/";

    private final BackendFixture statements = new BackendFixture(new SqliteFileTestDatabase());
    private final Path folder = SqliteFileTestDatabase.folder();

    @Test
    void only_the_database_is_left_after_the_close_and_it_has_the_data() throws IOException {
        try (Backend backend = open("basalt.db")) {
            assertThat(backend.migrator().migrate()).isNotEmpty();
            statements.write(backend, "CREATE TABLE item (id BIGINT)", "INSERT INTO item VALUES (42)");
            assertThat(files()).contains("basalt.db", "basalt.db-wal", "basalt.db-shm");
        }

        assertThat(files()).containsExactly("basalt.db");
        try (Backend again = open("basalt.db")) {
            assertThat(again.migrator().pending()).isEmpty();
            assertThat(statements.readNumber(again, "SELECT id FROM item")).isEqualTo(42);
        }
    }

    @Test
    void the_migration_lock_is_gone_when_the_migration_has_ended() throws IOException {
        try (Backend backend = open("basalt.db")) {
            assertThat(backend.migrator().pending()).isNotEmpty();
            assertThat(files()).as("looking locks nothing").noneMatch(name -> name.contains("lock"));

            assertThat(backend.migrator().migrate()).isNotEmpty();

            assertThat(files()).noneMatch(name -> name.contains("lock"));
        }
    }

    @Test
    void the_migration_lock_is_held_by_one_at_a_time() throws Exception {
        Path database = folder.resolve("basalt.db");
        var inside = new AtomicInteger();
        var start = new CyclicBarrier(8);

        var callers = IntStream.range(0, 8)
                .mapToObj(i -> Caller.start(() -> {
                    start.await(20, TimeUnit.SECONDS);
                    int most = 0;
                    for (int turn = 0; turn < 10; turn++) {
                        try (var _ = new SqliteFileMigrationLock(database).hold()) {
                            most = Math.max(most, inside.incrementAndGet());
                            Thread.onSpinWait();
                            inside.decrementAndGet();
                        }
                    }
                    return most;
                }))
                .toList();

        assertThat(callers).allSatisfy(caller -> assertThat(caller.answer()).isOne());
        assertThat(files()).isEmpty();
    }

    @Test
    void another_process_that_migrates_is_waited_for() throws Exception {
        try (Backend backend = open("basalt.db")) {
            Caller<List<Migration>> caller;
            try (var _ = LockHolder.start(folder.resolve("basalt.db-migration-lock"))) {
                caller = Caller.start(() -> backend.migrator().migrate());
                assertThat(caller.endsWithin(Duration.ofMillis(300))).isFalse();
            }

            assertThat(caller.answer()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"sqlite::memory:, wal", "basalt.db, wal", "basalt.db, delete", "basalt.db, truncate"})
    void migrating_works_while_others_read_and_write(String place, String journalMode) {
        DatabaseSettings settings = settings(place).with(Map.of("sqlite-journal-mode", journalMode), Map.of());
        try (Backend backend = new SqliteBackendProvider().open(settings, BackendListener.NONE)) {
            var over = new AtomicBoolean();
            var callers = Stream.concat(
                            Stream.generate(() -> Caller.start(() -> writeUntil(over, backend)))
                                    .limit(4),
                            Stream.generate(() -> Caller.start(() -> readUntil(over, backend)))
                                    .limit(4))
                    .toList();

            List<Migration> migrated;
            try {
                migrated = backend.migrator().migrate();
                assertThat(backend.migrator().validate()).isEmpty();
            } finally {
                over.set(true);
            }

            assertThat(migrated).isNotEmpty();
            assertThat(callers).hasSize(8);
            callers.forEach(caller -> assertThat(caller.answer()).isPositive());
        }
    }

    private int writeUntil(AtomicBoolean over, Backend backend) {
        int turns = 0;
        do {
            statements.write(backend, "PRAGMA user_version = " + turns);
            turns++;
        } while (!over.get());
        return turns;
    }

    private int readUntil(AtomicBoolean over, Backend backend) {
        int turns = 0;
        do {
            assertThat(statements.readNumber(backend, "SELECT count(*) FROM sqlite_schema"))
                    .isNotNegative();
            turns++;
        } while (!over.get());
        return turns;
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite::memory:", "basalt.db"})
    void a_closed_backend_does_not_migrate(String place) {
        Backend backend = open(place);
        backend.close();

        assertThatExceptionOfType(ConnectionFailed.class)
                .isThrownBy(() -> backend.migrator().migrate());
        assertThatExceptionOfType(ConnectionFailed.class)
                .isThrownBy(() -> backend.migrator().migrations());
    }

    @Test
    void scripts_are_named_as_they_are_looked_for() throws Exception {
        List<String> up = names("migrations");
        List<String> undo = names("migrations-undo");

        assertThat(up).isNotEmpty().allMatch(name -> name.matches("V\\d+__[a-z0-9_]+\\.sql"));
        assertThat(undo)
                .containsExactlyElementsOf(
                        up.stream().map(name -> "U" + name.substring(1)).toList());
    }

    private static List<String> names(String folder) throws IOException, URISyntaxException {
        try (Stream<Path> scripts = Files.list(resource(folder))) {
            return scripts.map(script -> script.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static Path resource(String folder) throws URISyntaxException {
        return Path.of(Objects.requireNonNull(SqliteFilesTest.class.getResource(SCRIPTS + folder))
                .toURI());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private Backend open(String place) {
        return new SqliteBackendProvider().open(settings(place), BackendListener.NONE);
    }

    private DatabaseSettings settings(String place) {
        String url = place.startsWith("sqlite:") ? place : "sqlite:" + folder.resolve(place);
        return new DatabaseSettings(DatabaseSettings.PRIMARY, new DatabaseUrl(url), Limits.connections(4));
    }
}

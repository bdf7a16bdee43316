package dev.basalt.adapters.sqlite;

import static dev.basalt.domain.transaction.TransactionOptions.READ;
import static dev.basalt.domain.transaction.TransactionOptions.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import dev.basalt.domain.failure.DatabaseFailure.ConnectionFailed;
import dev.basalt.domain.settings.BackendOption;
import dev.basalt.domain.settings.DatabasePlace;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.SettingFault;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import dev.basalt.ports.BackendProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the options do to a file's connections, and which are refused. */
@Timeout(120)
final class SqliteOptionsTest {

    private static final String PRAGMAS = """
            SELECT journal_mode, synchronous, busy.timeout, foreign_keys
              FROM pragma_journal_mode, pragma_synchronous, pragma_busy_timeout AS busy, pragma_foreign_keys""";

    private final BackendProvider provider = new SqliteBackendProvider();
    private final Path folder = SqliteFileTestDatabase.folder();
    private final String url = "sqlite:" + folder.resolve("basalt.db");
    private @Nullable Backend backend;

    @AfterEach
    void close_the_backend() {
        if (backend != null) {
            backend.close();
        }
    }

    @Test
    void every_option_is_described_and_has_a_default() {
        assertThat(provider.options())
                .extracting(BackendOption::key)
                .containsExactly(
                        "sqlite-journal-mode", "sqlite-synchronous", "sqlite-busy-timeout", "sqlite-create-if-missing");
        assertThat(provider.options()).allSatisfy(option -> {
            assertThat(option.description()).isNotBlank();
            assertThat(option.fallback()).isNotNull();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "wal, full, PT5S, 2, 5000",
        "wal, normal, PT0.25S, 1, 250",
        "delete, extra, PT1M, 3, 60000",
        "truncate, off, PT0.001S, 0, 1"
    })
    void options_are_read_back_from_every_role(
            String journalMode, String synchronous, String busyTimeout, long synchronousCode, long busyMillis)
            throws SQLException {
        Map<String, String> options = Map.of(
                "sqlite-journal-mode", journalMode,
                "sqlite-synchronous", synchronous,
                "sqlite-busy-timeout", busyTimeout);
        backend = open(url, options);

        assertThat(row(backend, READ, PRAGMAS)).containsExactly(journalMode, synchronousCode, busyMillis, 1L);
        assertThat(row(backend, WRITE, PRAGMAS)).containsExactly(journalMode, synchronousCode, busyMillis, 1L);
        try (var migrating = new SqliteConnector(SqliteSettings.of(settings(url, options)), SqliteConnector.Use.MIGRATE)
                        .connect();
                var statement = migrating.createStatement();
                var row = statement.executeQuery(PRAGMAS)) {
            assertThat(row.getString(1)).isEqualTo(journalMode);
            assertThat(row.getLong(2)).isEqualTo(synchronousCode);
            assertThat(row.getLong(3)).as("a migration waits longer").isEqualTo(60_000L);
            assertThat(row.getLong(4)).isOne();
        }
    }

    @Test
    void a_file_may_change_its_journal_mode_from_one_opening_to_the_next() {
        for (String mode : List.of("wal", "delete", "truncate", "wal")) {
            try (Backend opened = open(url, Map.of("sqlite-journal-mode", mode))) {
                assertThat(row(opened, READ, "SELECT journal_mode FROM pragma_journal_mode"))
                        .containsExactly(mode);
            }
        }
    }

    @Test
    void in_memory_the_options_of_a_file_have_no_effect() {
        Map<String, String> options = Map.of("sqlite-journal-mode", "truncate", "sqlite-create-if-missing", "false");

        backend = open("sqlite::memory:", options);

        assertThat(backend.migrator().migrate()).isNotEmpty();
        assertThat(backend.place()).isEqualTo(new DatabasePlace("sqlite", null, null, ":memory:", null));
    }

    @Test
    void a_file_that_is_not_there_is_a_fault_unless_it_may_be_made() throws IOException {
        Map<String, String> options = Map.of("sqlite-create-if-missing", "false");
        DatabaseSettings settings = settings(url, options);

        assertThat(provider.faults(settings)).singleElement().satisfies(fault -> {
            assertThat(fault.keys()).containsExactly("url", "sqlite-create-if-missing");
            assertThat(fault.message()).isEqualTo("database file not found: " + folder.resolve("basalt.db"));
        });
        assertThatExceptionOfType(ConfigurationInvalid.class)
                .isThrownBy(() -> open(url, options).close())
                .withMessageContaining("database file not found: " + folder.resolve("basalt.db"));
        assertThat(provider.faults(settings(url, Map.of()))).isEmpty();
        assertThat(files()).isEmpty();

        open(url, Map.of()).close();
        assertThat(provider.faults(settings)).isEmpty();
        backend = open(url, options);
        assertThat(backend.place().database())
                .isEqualTo(folder.resolve("basalt.db").toString());
    }

    @Test
    void a_backend_that_closes_while_it_still_connects_leaves_nothing_open() throws IOException {
        for (int i = 0; i < 20; i++) {
            open(url, Map.of()).close();

            assertThat(files()).as("without those of an open connection").containsExactly("basalt.db");
        }
    }

    @Test
    void a_file_that_goes_after_the_opening_is_not_made_again() throws IOException {
        open(url, Map.of()).close();
        SqliteSettings settings = SqliteSettings.of(settings(url, Map.of("sqlite-create-if-missing", "false")));
        Files.delete(folder.resolve("basalt.db"));

        for (SqliteConnector.Use use : SqliteConnector.Use.values()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(
                            () -> new SqliteConnector(settings, use).connect().close())
                    .satisfies(failure -> assertThat(SqliteErrors.translate("primary", failure))
                            .isInstanceOf(ConnectionFailed.class));
        }
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sqlite-busy-timeout | PT0S        | is PT0S: from PT0.001S to
            sqlite-busy-timeout | PT-1S       | is PT-1S: from PT0.001S to
            sqlite-busy-timeout | PT0.0001S   | is PT0.0001S: from PT0.001S to
            sqlite-busy-timeout | PT10000H    | is PT10000H: from PT0.001S to PT576H
            sqlite-journal-mode | off         | is 'off': wal, delete, truncate are allowed
            sqlite-journal-mode | memory      | is 'memory': wal, delete, truncate are allowed
            sqlite-synchronous  | 2           | is '2': off, normal, full, extra are allowed
            """)
    void an_option_that_cannot_be_used_is_a_fault(String key, String value, String message) {
        assertThat(provider.faults(settings(url, Map.of(key, value))))
                .singleElement()
                .satisfies(fault -> {
                    assertThat(fault.keys()).containsExactly(key);
                    assertThat(fault.message()).startsWith(message);
                });
    }

    @Test
    void everything_is_told_at_once_and_opening_says_the_same() throws IOException {
        DatabaseSettings settings = settings(
                "sqlite:" + folder.resolve("none/basalt.db"),
                Map.of("sqlite-busy-timeout", "PT0S", "sqlite-synchronous", "some"));

        List<SettingFault> faults = provider.faults(settings);

        assertThat(faults.stream().map(SettingFault::keys))
                .containsExactlyInAnyOrder(
                        List.of("url"), List.of("sqlite-busy-timeout"), List.of("sqlite-synchronous"));
        assertThatExceptionOfType(ConfigurationInvalid.class)
                .isThrownBy(() -> provider.open(settings, BackendListener.NONE).close())
                .withMessageContainingAll(
                        faults.stream().map(SettingFault::message).toArray(String[]::new));
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "password", "ssl-mode"})
    void what_another_backend_knows_is_not_looked_at(String key) {
        assertThat(provider.faults(settings(url, Map.of(key, "whatever")))).isEmpty();
        assertThat(provider.urlOf(Map.of(key, "whatever"))).isEmpty();
    }

    private static List<@Nullable Object> row(Backend backend, TransactionOptions role, String sql) {
        return backend.transactions()
                .inTransaction(
                        role,
                        transaction -> SqliteStatements.query(backend, sql).getFirst());
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private Backend open(String place, Map<String, String> options) {
        return provider.open(settings(place, options), BackendListener.NONE);
    }

    private static DatabaseSettings settings(String place, Map<String, String> options) {
        return new DatabaseSettings(DatabaseSettings.PRIMARY, new DatabaseUrl(place), Limits.connections(2))
                .with(options, Map.of());
    }
}

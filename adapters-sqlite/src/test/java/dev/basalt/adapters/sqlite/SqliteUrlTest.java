package dev.basalt.adapters.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.basalt.contract.BackendFixture;
import dev.basalt.contract.Limits;
import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.ports.Backend;
import dev.basalt.ports.BackendListener;
import dev.basalt.ports.BackendProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which URLs are understood, and what they open. */
final class SqliteUrlTest {

    private final BackendProvider provider = new SqliteBackendProvider();
    private final BackendFixture statements = new BackendFixture(new SqliteFileTestDatabase());
    private final Path folder = SqliteFileTestDatabase.folder();

    @Test
    void the_provider_is_found_as_a_service() {
        assertThat(ServiceLoader.load(BackendProvider.class)).hasAtLeastOneElementOfType(SqliteBackendProvider.class);
        assertThat(provider.product()).isEqualTo("sqlite");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sqlite:a.db",
                "sqlite::memory:",
                "jdbc:sqlite:a.db",
                "jdbc:sqlite::memory:",
                "sqlite:",
                "sqlite:/a"
            })
    void urls_of_its_scheme_are_accepted(String url) {
        assertThat(provider.accepts(new DatabaseUrl(url))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://localhost/a", "jdbc:postgresql:a", "sqlite", "SQLITE:a", "a.db", "jdbc:a"})
    void other_urls_are_not_accepted(String url) {
        assertThat(provider.accepts(new DatabaseUrl(url))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain.db",
                "with space.db",
                " leading and trailing ",
                "it's.db",
                "a\"b.db",
                "what?.db",
                "what?mode=ro",
                "a.db?cache=shared&mode=memory",
                "100%.db",
                "%41.db",
                "%00.db",
                "#1.db",
                "a&b=c;d.db",
                "mode=memory",
                "[brackets](and)~tilde+plus.db",
                "größe.db",
                "表 😀.db"
            })
    void a_path_is_taken_as_it_is(String name) throws IOException {
        assertOpens("sqlite:" + folder.resolve(name), name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain.db", "with space.db", "it's.db", "100%.db", "#1.db", "größe.db", "mode=memory"})
    void a_path_is_taken_as_it_is_behind_jdbc_too(String name) throws IOException {
        assertOpens("jdbc:sqlite:" + folder.resolve(name), name);
    }

    @Test
    void a_relative_path_begins_at_the_working_directory() throws IOException {
        Path here = Path.of("").toAbsolutePath();

        assertOpens("sqlite:" + here.relativize(folder.resolve("relative.db")), "relative.db");
    }

    @Test
    void a_file_name_that_looks_like_a_uri_is_a_file_name() throws IOException {
        assertOpens("sqlite:" + folder.resolve("file:a.db"), "file:a.db");
    }

    private void assertOpens(String url, String name) throws IOException {
        try (Backend backend = open(url)) {
            statements.write(backend, "CREATE TABLE item (id BIGINT)", "INSERT INTO item VALUES (7)");
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).extracting(file -> file.getFileName().toString()).containsExactly(name);
        }
        try (Backend again = open(url)) {
            assertThat(statements.readNumber(again, "SELECT id FROM item")).isEqualTo(7);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite::memory:", "jdbc:sqlite::memory:"})
    void each_opening_in_memory_is_a_database_of_its_own(String url) {
        try (Backend one = open(url);
                Backend other = open(url)) {
            statements.write(one, "CREATE TABLE item (id BIGINT)");
            statements.write(other, "CREATE TABLE item (id BIGINT)", "INSERT INTO item VALUES (1)");

            assertThat(statements.readNumber(one, "SELECT count(*) FROM item")).isZero();
            assertThat(statements.readNumber(other, "SELECT count(*) FROM item"))
                    .isOne();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sqlite:                           | has no path
            jdbc:sqlite:                      | has no path
            jdbc:sqlite:a.db?cache=shared     | parameters: 'cache'
            jdbc:sqlite:a.db?foo=1&bar        | parameters: 'foo', 'bar'
            jdbc:sqlite::memory:?mode=ro      | parameters: 'mode'
            jdbc:sqlite:a.db?                 | unknown query parameters
            jdbc:sqlite:file:a.db             | only a path
            jdbc:sqlite::resource:a.db        | only a path
            sqlite:no/such/folder/a.db        | no/such/folder' does not exist
            jdbc:sqlite:no/such/folder/a.db   | no/such/folder' does not exist
            sqlite:/                          | is a folder
            sqlite:.                          | is a folder
            """)
    void a_url_that_cannot_be_used_is_refused_and_says_why(String url, String reason) {
        assertThatExceptionOfType(ConfigurationInvalid.class)
                .isThrownBy(() -> open(url))
                .withMessageContaining("primary")
                .withMessageContaining(reason);
    }

    @Test
    void a_path_that_no_file_can_have_is_refused() {
        assertThatExceptionOfType(ConfigurationInvalid.class).isThrownBy(() -> open("sqlite:" + folder + "/a\0b"));
    }

    @Test
    void a_folder_that_is_a_file_is_refused() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatExceptionOfType(ConfigurationInvalid.class)
                .isThrownBy(() -> open("sqlite:" + file.resolve("a.db")))
                .withMessageContaining(file.toString());
    }

    @Test
    void a_file_that_is_no_database_is_refused_and_left_alone() throws IOException {
        Path file = folder.resolve("letter.txt");
        List<String> lines = Stream.generate(() -> "Dear reader, this is not a database.")
                .limit(100)
                .toList();
        Files.write(file, lines);

        assertThatExceptionOfType(ConfigurationInvalid.class)
                .isThrownBy(() -> open("sqlite:" + file))
                .withMessageContaining(file.toString())
                .withMessageContaining("not a SQLite database");

        assertThat(file).hasContent(String.join("\n", lines) + "\n");
    }

    private Backend open(String url) {
        return provider.open(
                new DatabaseSettings(DatabaseSettings.PRIMARY, new DatabaseUrl(url), Limits.connections(2)),
                BackendListener.NONE);
    }
}

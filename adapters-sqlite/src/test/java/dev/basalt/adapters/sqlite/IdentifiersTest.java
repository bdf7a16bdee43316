package dev.basalt.adapters.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.adapters.jdbc.dialect.Identifiers;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names in SQL, as SQLite itself reads them back. */
final class IdentifiersTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "with space",
                "select",
                "a'b",
                "a\"b",
                "\"",
                "\"\"",
                "x\"; DROP TABLE item; --",
                "[brackets]",
                "`ticks`",
                "back\\slash",
                "new\nline",
                "größe",
                "表😀",
                ""
            })
    void any_name_comes_back_as_it_was(String name) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE %s (%s)".formatted(Identifiers.quoted("main", name), Identifiers.quoted(name)));

            try (var row =
                    statement.executeQuery("SELECT t.name, c.name FROM sqlite_schema AS t, pragma_table_info(t.name)"
                            + " AS c WHERE t.type = 'table'")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo(name);
                assertThat(row.getString(2)).isEqualTo(name);
                assertThat(row.next()).isFalse();
            }
        }
    }
}

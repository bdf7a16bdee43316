package dev.basalt.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.basalt.adapters.jdbc.dialect.Identifiers;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdentifiersTest {

    @Test
    void a_name_stands_in_quotes_and_its_own_quotes_are_doubled() {
        assertThat(Identifiers.quoted("plain")).isEqualTo("\"plain\"");
        assertThat(Identifiers.quoted("a\"b\"\"c")).isEqualTo("\"a\"\"b\"\"\"\"c\"");
    }

    @Test
    void names_that_belong_together_are_joined_by_dots() {
        assertThat(Identifiers.quoted("my.schema", "my table")).isEqualTo("\"my.schema\".\"my table\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "Upper",
                "select",
                "a b",
                "a\"b",
                "\"",
                "a'b",
                "\"; DROP TABLE x; --",
                "$1",
                "?",
                "{x}",
                "a\\b",
                "/* x",
                "größe 😀",
                "a\nb"
            })
    void the_server_reads_a_quoted_name_as_it_is(String name) throws SQLException {
        try (var connection = PostgresServer.get().connect("postgres");
                var statement = connection.prepareStatement("SELECT 1 AS " + Identifiers.quoted(name));
                var row = statement.executeQuery()) {
            assertThat(row.getMetaData().getColumnLabel(1)).isEqualTo(name);
        }
    }
}

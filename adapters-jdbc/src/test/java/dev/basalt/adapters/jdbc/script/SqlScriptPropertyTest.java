package dev.basalt.adapters.jdbc.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of every script, however strange. */
class SqlScriptPropertyTest {

    /** Each is a whole, and holds what would be the end of a statement if it were not. */
    private static final List<String> WHOLES = List.of(
            "a",
            "TABLE",
            "12.5e3",
            "[1]",
            "- 1",
            "';COMMIT;'",
            "'it''s;'",
            "'\\'",
            "E'\\';COMMIT;'",
            "\"x;\"\"y\"",
            "$$;COMMIT;'$$",
            "$b$;$$;$b$",
            "/* ;COMMIT; /* nested; */ ;' */",
            "-- ;COMMIT;'\n",
            "CASE END");

    private static final Set<SyntaxFeature> POSTGRESQL = EnumSet.of(
            SyntaxFeature.DOLLAR_QUOTES,
            SyntaxFeature.ESCAPE_STRINGS,
            SyntaxFeature.NESTED_COMMENTS,
            SyntaxFeature.CARRIAGE_RETURN_ENDS_LINE,
            SyntaxFeature.ATOMIC_BODIES);

    @Property
    void statements_put_together_come_apart_again(@ForAll("statements") @Size(max = 8) List<String> statements) {
        String script = String.join("\n;\n", statements);

        assertThat(texts(script, POSTGRESQL)).containsExactlyElementsOf(statements);
    }

    @Property
    void a_commit_between_any_statements_is_found(
            @ForAll("statements") @Size(max = 4) List<String> before,
            @ForAll("statements") @Size(max = 4) List<String> after) {
        String script = String.join(";", before) + "\n;commit;" + String.join(";", after);

        assertThat(SqlScript.of(script, POSTGRESQL).statements())
                .filteredOn(SqlStatement::controlsTransaction)
                .singleElement()
                .extracting(SqlStatement::text)
                .isEqualTo("commit");
    }

    @Property
    void any_text_is_cut_into_parts_of_itself_in_their_order(
            @ForAll("texts") String text, @ForAll Set<SyntaxFeature> features) {
        int from = 0;
        for (String statement : texts(text, features)) {
            assertThat(statement).isNotBlank();
            int found = text.indexOf(statement, from);
            assertThat(found).isNotNegative();
            from = found + statement.length();
        }
        assertThat(from).isLessThanOrEqualTo(text.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$",
                "$a",
                "$a$",
                "$a$$b$",
                "'",
                "E'\\",
                "E'a'\n",
                "E'a'--\n",
                "/*",
                "/*/",
                "*/",
                "--",
                "-",
                "[",
                "`",
                "(",
                "CREATE TRIGGER ",
                ";END",
                "a;",
                "\"",
                "1.",
                "CREATE FUNCTION BEGIN ATOMIC "
            })
    void a_long_script_takes_no_longer_for_what_it_repeats(String part) {
        String script = part.repeat(2_000_000 / part.length());

        // With time that grows with the square of the length, it would be hours.
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            assertThat(SqlScript.of(script, EnumSet.allOf(SyntaxFeature.class))).isNotNull();
            assertThat(SqlScript.of(script, Set.of())).isNotNull();
        });
    }

    @Provide
    Arbitrary<List<String>> statements() {
        Arbitrary<String> balanced = Arbitraries.of(WHOLES)
                .list()
                .ofMaxSize(6)
                // Without something between them, a string on the next line would continue an escape string.
                .map(wholes -> "DROP " + String.join(" , ", wholes) + " (a; b) x");
        return balanced.list();
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> parts = Arbitraries.oneOf(
                Arbitraries.of(WHOLES),
                Arbitraries.of(
                        "'", "\"", "$$", "$a$", "/*", "*/", "--", "\n", "\r", ";", "E'", "\\", "`", "[", "CREATE", "(",
                        ")"),
                Arbitraries.of("TRIGGER", "FUNCTION", "BEGIN", "ATOMIC", "END", " ", "\0", "é", "\uD800"));
        return parts.list().ofMaxSize(20).map(list -> String.join("", list));
    }

    private static List<String> texts(String script, Set<SyntaxFeature> features) {
        return SqlScript.of(script, features).statements().stream()
                .map(SqlStatement::text)
                .toList();
    }
}

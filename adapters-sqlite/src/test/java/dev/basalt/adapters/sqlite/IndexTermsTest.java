package dev.basalt.adapters.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The terms of an index, read from its definition. */
final class IndexTermsTest {

    @ParameterizedTest
    @MethodSource("definitions")
    void terms_are_read_in_their_order(String definition, List<String> terms) {
        assertThat(IndexTerms.of(definition)).isEqualTo(terms);
    }

    static Stream<Arguments> definitions() {
        return Stream.of(
                Arguments.of("CREATE INDEX i ON t (a)", List.of("a")),
                Arguments.of("CREATE INDEX i ON t(a,b)", List.of("a", "b")),
                Arguments.of("CREATE UNIQUE INDEX i ON t ( lower(a) , b DESC, c asc )", List.of("lower(a)", "b", "c")),
                Arguments.of(
                        "CREATE INDEX i ON t (substr(a, 1, 3), (b + (c * 2)))",
                        List.of("substr(a, 1, 3)", "(b + (c * 2))")),
                Arguments.of("CREATE INDEX i ON t (a COLLATE NOCASE)", List.of("a COLLATE NOCASE")),
                Arguments.of("CREATE INDEX i ON t (a || ')' || ',', b)", List.of("a || ')' || ','", "b")),
                Arguments.of("CREATE INDEX i ON t (a || 'it''s', b)", List.of("a || 'it''s'", "b")),
                Arguments.of("CREATE INDEX \"i (x, y)\" ON \"t (\"\"z\"\")\" (a)", List.of("a")),
                Arguments.of("CREATE INDEX [i (x)] ON `t (y` (\"b, c\", [d, e])", List.of("\"b, c\"", "[d, e]")),
                Arguments.of("CREATE INDEX i /* (no, no) */ ON t -- (no)\n (a)", List.of("a")),
                Arguments.of("CREATE INDEX i ON t (a - 1, b / 2)", List.of("a - 1", "b / 2")),
                Arguments.of("CREATE INDEX i ON t (a) WHERE b IN (1, 2)", List.of("a")));
    }
}

package dev.basalt.adapters.jdbc.script;

import static dev.basalt.adapters.jdbc.script.SyntaxFeature.ATOMIC_BODIES;
import static dev.basalt.adapters.jdbc.script.SyntaxFeature.BACKTICK_AND_BRACKET_NAMES;
import static dev.basalt.adapters.jdbc.script.SyntaxFeature.CARRIAGE_RETURN_ENDS_LINE;
import static dev.basalt.adapters.jdbc.script.SyntaxFeature.DOLLAR_QUOTES;
import static dev.basalt.adapters.jdbc.script.SyntaxFeature.ESCAPE_STRINGS;
import static dev.basalt.adapters.jdbc.script.SyntaxFeature.NESTED_COMMENTS;
import static dev.basalt.adapters.jdbc.script.SyntaxFeature.TRIGGER_BODIES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SqlScriptTest {

    private static final Set<SyntaxFeature> POSTGRESQL =
            Set.of(DOLLAR_QUOTES, ESCAPE_STRINGS, NESTED_COMMENTS, CARRIAGE_RETURN_ENDS_LINE, ATOMIC_BODIES);
    private static final Set<SyntaxFeature> SQLITE = Set.of(BACKTICK_AND_BRACKET_NAMES, TRIGGER_BODIES);

    @Test
    void statements_end_at_semicolons_and_have_no_comments_around_them() {
        String script = """
                -- first; not a statement
                DROP TABLE one; /* second; */ DROP
                TABLE two -- at the end;
                ;;
                DROP TABLE three -- without a semicolon
                """;

        assertThat(texts(script, POSTGRESQL)).containsExactly("DROP TABLE one", "DROP\nTABLE two", "DROP TABLE three");
        assertThat(texts(script, SQLITE)).isEqualTo(texts(script, POSTGRESQL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\t", ";", "-- nothing", "/* nothing", "/* nothing */ ; -- at all"})
    void a_script_may_have_no_statement(String script) {
        assertThat(texts(script, POSTGRESQL)).isEmpty();
        assertThat(texts(script, SQLITE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'a;b'",
                "SELECT 'it''s; COMMIT'",
                "SELECT '\\'",
                "SELECT \"a;\"\";b\"",
                "SELECT x'00;'",
                "SELECT 1 -/* ; */ 1",
                "SELECT a -- ;\n, b",
            })
    void a_semicolon_in_a_string_a_name_or_a_comment_ends_nothing(String statement) {
        String script = statement + "; COMMIT";

        assertThat(texts(script, POSTGRESQL)).containsExactly(statement, "COMMIT");
        assertThat(texts(script, SQLITE)).containsExactly(statement, "COMMIT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT $$a; COMMIT; 'b$$",
                "SELECT $x$a; $$ COMMIT; $ $X$ $x$",
                "SELECT $ä1$;$ä$;$ä1$",
                "SELECT 1$a$;$a$",
                "SELECT a$b$ FROM c$b$",
                "SELECT $1, $2",
                "SELECT E'it\\'s; COMMIT'",
                "SELECT e'\\\\', E''';'",
                "SELECT E'a'\n  'b\\'; COMMIT'",
                "SELECT E'a' -- so\n-- on;\n'b\\'; COMMIT'",
                "SELECT 1 /* outer; /* inner; */ COMMIT; */ + 1",
                "SELECT 1 -- a\r, 2",
                "CREATE RULE r AS ON INSERT TO t DO ALSO (DELETE FROM a; DELETE FROM b)",
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT CASE 1 WHEN 1 THEN 2 END; END",
                "create or replace procedure p(a int DEFAULT (1)) begin atomic delete from a; delete from b; end",
                "CREATE FUNCTION begin(atomic int) RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "DO $do$ BEGIN PERFORM 1; COMMIT; END $do$",
            })
    void what_only_postgresql_has_is_kept_together(String statement) {
        assertThat(texts(statement + "; COMMIT", POSTGRESQL)).containsExactly(statement, "COMMIT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT [a;b], `c;``d`",
                "SELECT 1 /* outer; /* inner; */ + 1",
                "SELECT 1 -- a\rCOMMIT;\n, 2",
                "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; SELECT CASE 1 WHEN 1 THEN 2 END; END",
                "create temp trigger end after insert on a begin delete from b; end",
                "CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT ';END;'; /* ;END; */ DELETE FROM [;END;]; END",
            })
    void what_only_sqlite_has_is_kept_together(String statement) {
        assertThat(texts(statement + "; COMMIT", SQLITE)).containsExactly(statement, "COMMIT");
    }

    @Test
    void the_same_text_means_something_else_to_the_other_database() {
        assertThat(texts("SELECT '\\'; COMMIT; --'", POSTGRESQL)).containsExactly("SELECT '\\'", "COMMIT");
        assertThat(texts("-- a\rCOMMIT", POSTGRESQL)).containsExactly("COMMIT");
        assertThat(texts("-- a\rCOMMIT", SQLITE)).isEmpty();
        assertThat(texts("/* /* */ COMMIT", POSTGRESQL)).isEmpty();
        assertThat(texts("/* /* */ COMMIT", SQLITE)).containsExactly("COMMIT");
        assertThat(texts("SELECT $$;$$", SQLITE)).hasSize(2);
        assertThat(texts("SELECT a[1;2]", POSTGRESQL)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMMIT",
                "commit work",
                "/* now */ CoMmIt",
                "BEGIN",
                "BEGIN IMMEDIATE",
                "END",
                "END TRANSACTION",
                "ABORT",
                "START TRANSACTION",
                "START /**/ TRANSACTION",
                "ROLLBACK",
                "ROLLBACK TRANSACTION",
                "ROLLBACK AND CHAIN",
                "ROLLBACK PREPARED 'x'",
                "COMMIT PREPARED 'x'",
                "PREPARE TRANSACTION 'x'",
            })
    void what_ends_or_begins_a_transaction_is_noticed(String statement) {
        assertThat(controls(statement, POSTGRESQL)).isTrue();
        assertThat(controls("SELECT 1;" + statement + ";SELECT 2", SQLITE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SAVEPOINT a",
                "RELEASE SAVEPOINT a",
                "ROLLBACK TO a",
                "ROLLBACK WORK TO SAVEPOINT a",
                "rollback transaction to a",
                "PREPARE plan AS SELECT 1",
                "SELECT 'COMMIT;'",
                "DELETE FROM \"commit\"",
                "-- COMMIT;",
                "DROP TABLE begin_end",
            })
    void what_stays_in_the_transaction_is_not_mistaken(String statement) {
        assertThat(controls(statement, POSTGRESQL)).isFalse();
        assertThat(controls(statement, SQLITE)).isFalse();
    }

    @Test
    void a_trigger_that_is_not_closed_does_not_hide_a_commit_from_a_database_without_such_bodies() {
        String script = "CREATE TRIGGER t AFTER INSERT ON a EXECUTE FUNCTION f(); COMMIT";

        assertThat(controls(script, POSTGRESQL)).isTrue();
    }

    @Test
    void an_excerpt_is_one_line_of_bounded_length() {
        assertThat(SqlStatement.excerpt(" DROP\n\tTABLE  one ")).isEqualTo("DROP TABLE one");
        assertThat(SqlStatement.excerpt("x".repeat(10_000)))
                .hasSizeLessThan(400)
                .endsWith("…");
    }

    private static boolean controls(String script, Set<SyntaxFeature> features) {
        return SqlScript.of(script, features).statements().stream().anyMatch(SqlStatement::controlsTransaction);
    }

    private static List<String> texts(String script, Set<SyntaxFeature> features) {
        return SqlScript.of(script, features).statements().stream()
                .map(SqlStatement::text)
                .toList();
    }
}

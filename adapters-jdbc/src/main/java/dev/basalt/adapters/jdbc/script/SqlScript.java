package dev.basalt.adapters.jdbc.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The statements of a script, in their order, without the comments and semicolons between them. Immutable.
 *
 * <p>The rules are those of the databases' own shells: PostgreSQL's {@code psqlscan.l} and SQLite's
 * {@code sqlite3_complete()}. A script that is not well-formed is cut somewhere, and the database refuses a part of it.
 */
public record SqlScript(List<SqlStatement> statements) {

    public SqlScript {
        statements = List.copyOf(statements);
    }

    /** Cuts a text into statements. Takes time proportional to its length. */
    public static SqlScript of(String text, Set<SyntaxFeature> features) {
        var statements = new ArrayList<SqlStatement>();
        var tokens = new SqlTokens(text, features);
        var end = new StatementEnd(features);
        var words = new ArrayList<String>();
        int first = -1;
        int last = -1;
        while (tokens.next()) {
            if (end.isReachedBy(tokens, text)) {
                if (first >= 0) {
                    statements.add(new SqlStatement(text.substring(first, last), words));
                }
                first = -1;
                words.clear();
                continue;
            }
            first = first < 0 ? tokens.start() : first;
            last = tokens.end();
            if (tokens.isWord()) {
                words.add(text.substring(tokens.start(), tokens.end()));
            }
        }
        if (first >= 0) {
            statements.add(new SqlStatement(text.substring(first, last), words));
        }
        return new SqlScript(statements);
    }
}

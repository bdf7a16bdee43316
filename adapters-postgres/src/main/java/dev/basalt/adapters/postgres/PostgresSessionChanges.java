package dev.basalt.adapters.postgres;

import dev.basalt.adapters.jdbc.script.SqlScript;
import dev.basalt.adapters.jdbc.script.SqlStatement;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Knows which statements change what outlasts their transaction, by what DISCARD ALL would undo: settings, the role, temporary
 * tables, cursors, prepared statements, session locks. Rather says yes of a statement that merely looks like one: that
 * costs a connection.
 */
final class PostgresSessionChanges {

    private static final Set<String> ALWAYS = Set.of(
            "RESET",
            "DISCARD",
            "LISTEN",
            "UNLISTEN",
            "LOAD",
            "PREPARE",
            "DEALLOCATE",
            // What they run is not seen.
            "DO",
            "CALL");

    /** What makes SET one for the transaction alone. */
    private static final Set<String> OF_THE_TRANSACTION = Set.of("LOCAL", "TRANSACTION", "CONSTRAINTS");

    private static final Set<String> TEMPORARY = Set.of("TEMP", "TEMPORARY");
    private static final Set<String> BEFORE_TEMPORARY = Set.of("CREATE", "REPLACE", "LOCAL", "GLOBAL", "INTO");

    /** Parts of names; the locks that end with the transaction have {@code xact} in theirs. */
    private static final List<String> FUNCTIONS_AND_SCHEMAS =
            List.of("set_config", "setseed", "advisory_lock", "advisory_unlock", "pg_temp", "dblink_connect");

    /** The function where it does what SET LOCAL does, and that is plain to see. */
    private static final Pattern SET_LOCAL =
            Pattern.compile("set_config\\s*\\(\\s*'[^']*'\\s*,\\s*'[^']*'\\s*,\\s*true\\s*\\)");

    private PostgresSessionChanges() {}

    static boolean in(String sql) {
        String text = SET_LOCAL.matcher(sql.toLowerCase(Locale.ROOT)).replaceAll("");
        return FUNCTIONS_AND_SCHEMAS.stream().anyMatch(text::contains)
                || SqlScript.of(sql, PostgresMigrationDialect.SYNTAX).statements().stream()
                        .anyMatch(PostgresSessionChanges::isOne);
    }

    private static boolean isOne(SqlStatement statement) {
        return switch (statement.word(0)) {
            case "SET" -> !OF_THE_TRANSACTION.contains(statement.word(1));
            case "DECLARE" -> hasPair(statement, Set.of("WITH"), Set.of("HOLD"));
            // A table may well bear that name.
            case "INSERT", "MERGE" -> false;
            case String first -> ALWAYS.contains(first) || hasPair(statement, BEFORE_TEMPORARY, TEMPORARY);
        };
    }

    private static boolean hasPair(SqlStatement statement, Set<String> first, Set<String> second) {
        List<String> words = statement.words();
        for (int i = 1; i < words.size(); i++) {
            if (second.contains(words.get(i)) && first.contains(words.get(i - 1))) {
                return true;
            }
        }
        return false;
    }
}

package dev.basalt.adapters.sqlite;

import dev.basalt.adapters.jdbc.script.SqlScript;
import dev.basalt.adapters.jdbc.script.SqlStatement;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Knows which statements change what outlasts their transaction: pragmas, attached databases, and what is temporary, which
 * goes with the connection and not with the transaction. Rather says yes of a statement that merely looks like one: that
 * costs a connection.
 */
final class SqliteSessionChanges {

    private static final Set<String> TEMPORARY = Set.of("TEMP", "TEMPORARY");
    private static final Pattern IN_TEMPORARY_SCHEMA = Pattern.compile("\\btemp\\W?\\s*\\.", Pattern.CASE_INSENSITIVE);

    /** The pragmas that take an argument and change nothing by it (https://www.sqlite.org/pragma.html). */
    private static final Pattern QUESTION = Pattern.compile(
            "(?:table_info|table_xinfo|table_list|index_list|index_info|index_xinfo|foreign_key_list|foreign_key_check"
                    + "|integrity_check|quick_check|wal_checkpoint|optimize|incremental_vacuum)\\W?\\s*\\(",
            Pattern.CASE_INSENSITIVE);

    private SqliteSessionChanges() {}

    static boolean in(String sql) {
        return SqlScript.of(sql, SqliteMigrationDialect.SYNTAX).statements().stream()
                .anyMatch(SqliteSessionChanges::isOne);
    }

    private static boolean isOne(SqlStatement statement) {
        String text = statement.text();
        return switch (statement.word(0)) {
            case "ATTACH", "DETACH" -> true;
            case "PRAGMA" ->
                text.contains("=")
                        || (text.contains("(") && !QUESTION.matcher(text).find());
            case "CREATE" ->
                TEMPORARY.contains(statement.word(1))
                        || IN_TEMPORARY_SCHEMA.matcher(text).find();
            default -> false;
        };
    }
}

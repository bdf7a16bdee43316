package dev.basalt.adapters.sqlite;

import dev.basalt.adapters.jdbc.migration.MigrationDialect;
import dev.basalt.adapters.jdbc.script.SyntaxFeature;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * How SQLite's schemas change.
 *
 * <p>An undo script runs with foreign keys off and is checked at its end, as https://www.sqlite.org/lang_altertable.html
 * says: with them on, a table that is dropped to be built anew would take the rows along that refer to it. The pragma does
 * nothing within a transaction, so a script could not do this for itself.
 */
final class SqliteMigrationDialect implements MigrationDialect {

    static final Set<SyntaxFeature> SYNTAX =
            Set.of(SyntaxFeature.BACKTICK_AND_BRACKET_NAMES, SyntaxFeature.TRIGGER_BODIES);

    @Override
    public Set<SyntaxFeature> syntax() {
        return SYNTAX;
    }

    @Override
    public void beforeUndo(Connection connection) throws SQLException {
        connection.unwrap(SqliteConnection.class).execute("PRAGMA foreign_keys = OFF");
    }

    @Override
    public void afterUndo(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT \"table\", parent FROM pragma_foreign_key_check LIMIT 1")) {
            if (row.next()) {
                throw new SQLiteException(
                        "it leaves rows in '%s' that refer to rows of '%s' that are not there"
                                .formatted(row.getString(1), row.getString(2)),
                        SQLiteErrorCode.SQLITE_CONSTRAINT_FOREIGNKEY);
            }
        }
    }
}

package dev.basalt.adapters.sqlite;

import dev.basalt.adapters.jdbc.JdbcBackend;
import dev.basalt.adapters.jdbc.transaction.JdbcSession;
import dev.basalt.contract.SessionState;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Backend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Statements in the transaction that runs on this thread. */
final class SqliteStatements {

    private SqliteStatements() {}

    static int execute(Backend backend, String sql) {
        return session(backend).update(sql);
    }

    static List<List<@Nullable Object>> query(Backend backend, String sql) {
        return session(backend).query(sql, row -> {
            var values = new ArrayList<@Nullable Object>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                Object value = row.getObject(i);
                // The driver gives integers that fit into one as an Integer.
                values.add(value instanceof Integer number ? Long.valueOf(number) : value);
            }
            return values;
        });
    }

    /** What the schema table has, but for where things are in the file. In a transaction of its own. */
    static List<String> schemaDump(Backend backend) {
        return backend.transactions()
                .inTransaction(
                        TransactionOptions.READ, transaction -> session(backend).query("""
                                SELECT concat_ws(' ', type, name, 'of', tbl_name, sql) FROM sqlite_schema
                                 ORDER BY type, name, tbl_name
                                """, row -> row.getString(1)));
    }

    /** With a comment where it hides what it is about. */
    static Optional<SessionState.Change> change(SessionState state) {
        return switch (state) {
            case SETTING -> change("/* to */ PRAGMA cache_size = 123", "SELECT cache_size FROM pragma_cache_size");
            case TEMPORARY_TABLE ->
                change(
                        "CREATE -- not for ever\n TEMP TABLE basalt_left (id INT)",
                        "SELECT count(*) FROM temp.sqlite_schema WHERE name = 'basalt_left'");
            case ATTACHED_DATABASE ->
                change(
                        "ATTACH DATABASE ':memory:' AS basalt_left",
                        "SELECT count(*) FROM pragma_database_list WHERE name = 'basalt_left'");
            case ROLE, LOCK, PREPARED_STATEMENT, CURSOR, BLOCK -> Optional.empty();
        };
    }

    private static Optional<SessionState.Change> change(String statement, String look) {
        return Optional.of(new SessionState.Change(statement, look));
    }

    private static JdbcSession session(Backend backend) {
        return backend.unwrap(JdbcBackend.class).orElseThrow().session();
    }
}

package dev.basalt.adapters.postgres;

import dev.basalt.adapters.jdbc.dialect.Identifiers;
import dev.basalt.adapters.jdbc.transaction.JdbcSession;
import dev.basalt.domain.schema.Column;
import dev.basalt.domain.schema.ForeignKey;
import dev.basalt.domain.schema.Index;
import dev.basalt.domain.schema.KeyConstraint;
import dev.basalt.domain.schema.ReferentialAction;
import dev.basalt.domain.schema.RowCount;
import dev.basalt.domain.schema.TableDetails;
import dev.basalt.domain.schema.TableType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what the catalogues say about one table, by its number, so that names never mix. */
final class PostgresTableReader {

    /** A domain has length and nullability of its own, and those of the type below it. */
    private static final String COLUMNS = """
            SELECT a.attname, format_type(a.atttypid, a.atttypmod),
                   CASE WHEN coalesce(nullif(t.typbasetype, 0), t.oid) IN ('varchar'::regtype, 'bpchar'::regtype)
                        THEN nullif(greatest(a.atttypmod, t.typtypmod), -1) - 4 END,
                   NOT (a.attnotnull OR t.typnotnull),
                   CASE WHEN a.attgenerated = '' THEN pg_get_expr(d.adbin, d.adrelid) END,
                   a.attgenerated, a.attidentity, col_description(a.attrelid, a.attnum)
              FROM pg_attribute a
              JOIN pg_type t ON t.oid = a.atttypid
              LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
             WHERE a.attrelid = ?::oid AND a.attnum > 0 AND NOT a.attisdropped
             ORDER BY a.attnum
            """;

    /** The columns behind the key ones (INCLUDE) are in the definition alone. */
    private static final String INDEXES = """
            SELECT c.relname, i.indisunique, i.indisprimary, pg_get_indexdef(i.indexrelid),
                   ARRAY(SELECT coalesce(a.attname::text, pg_get_indexdef(i.indexrelid, k.position, false))
                           FROM generate_series(1, i.indnkeyatts) AS k (position)
                           LEFT JOIN pg_attribute a
                             ON a.attrelid = i.indrelid AND a.attnum = i.indkey[k.position - 1] AND a.attnum <> 0
                          ORDER BY k.position)
              FROM pg_index i
              JOIN pg_class c ON c.oid = i.indexrelid
             WHERE i.indrelid = ?::oid
             ORDER BY c.relname COLLATE "C"
            """;

    private static final String KEY_COLUMNS = """
            ARRAY(SELECT a.attname::text
                    FROM unnest(%s) WITH ORDINALITY AS k (number, position)
                    JOIN pg_attribute a ON a.attrelid = %s AND a.attnum = k.number
                   ORDER BY k.position)""";

    private static final String KEYS = """
            SELECT c.conname, %s
              FROM pg_constraint c
             WHERE c.conrelid = ?::oid AND c.contype = ?
             ORDER BY c.conname COLLATE "C"
            """.formatted(KEY_COLUMNS.formatted("c.conkey", "c.conrelid"));

    /** A key that refers to a partitioned table has children for its partitions, which only serve the server. */
    private static final String FOREIGN_KEYS = """
            SELECT c.conname, %s, n.nspname, target.relname, %s, c.confupdtype, c.confdeltype
              FROM pg_constraint c
              JOIN pg_class target ON target.oid = c.confrelid
              JOIN pg_namespace n ON n.oid = target.relnamespace
             WHERE c.conrelid = ?::oid AND c.contype = 'f'
               AND NOT EXISTS (SELECT FROM pg_constraint parent
                                WHERE parent.oid = c.conparentid AND parent.conrelid = c.conrelid)
             ORDER BY c.conname COLLATE "C"
            """.formatted(
                    KEY_COLUMNS.formatted("c.conkey", "c.conrelid"), KEY_COLUMNS.formatted("c.confkey", "c.confrelid"));

    private final JdbcSession session;
    private final String schema;
    private final String table;
    private final long id;
    private final TableType type;
    private final @Nullable Long estimate;

    PostgresTableReader(
            JdbcSession session, String schema, String table, long id, TableType type, @Nullable Long estimate) {
        this.session = session;
        this.schema = schema;
        this.table = table;
        this.id = id;
        this.type = type;
        this.estimate = estimate;
    }

    TableDetails details(boolean exactCount) {
        List<KeyConstraint> primary = keys("p");
        return new TableDetails(
                schema,
                table,
                type,
                session.query(COLUMNS, PostgresTableReader::column, id),
                primary.isEmpty() ? null : primary.getFirst(),
                session.query(INDEXES, PostgresTableReader::index, id),
                session.query(FOREIGN_KEYS, PostgresTableReader::foreignKey, id),
                keys("u"),
                exactCount ? RowCount.exact(count()) : RowCount.estimate(estimate));
    }

    private List<KeyConstraint> keys(String type) {
        return session.query(KEYS, row -> new KeyConstraint(row.getString(1), texts(row, 2)), id, type);
    }

    private long count() {
        return session.query("SELECT count(*) FROM " + Identifiers.quoted(schema, table), row -> row.getLong(1))
                .getFirst();
    }

    private static Column column(ResultSet row) throws SQLException {
        return new Column(
                row.getString(1),
                row.getString(2),
                row.getObject(3, Integer.class),
                row.getBoolean(4),
                row.getString(5),
                switch (row.getString(6)) {
                    case "s" -> Column.Generated.STORED;
                    case "v" -> Column.Generated.VIRTUAL;
                    default -> null;
                },
                switch (row.getString(7)) {
                    case "a" -> Column.Identity.ALWAYS;
                    case "d" -> Column.Identity.BY_DEFAULT;
                    default -> null;
                },
                row.getString(8));
    }

    private static Index index(ResultSet row) throws SQLException {
        return new Index(row.getString(1), texts(row, 5), row.getBoolean(2), row.getBoolean(3), row.getString(4));
    }

    private static ForeignKey foreignKey(ResultSet row) throws SQLException {
        return new ForeignKey(
                row.getString(1),
                texts(row, 2),
                row.getString(3),
                row.getString(4),
                texts(row, 5),
                action(row.getString(6)),
                action(row.getString(7)));
    }

    private static ReferentialAction action(String code) {
        return switch (code) {
            case "r" -> ReferentialAction.RESTRICT;
            case "c" -> ReferentialAction.CASCADE;
            case "n" -> ReferentialAction.SET_NULL;
            case "d" -> ReferentialAction.SET_DEFAULT;
            default -> ReferentialAction.NO_ACTION;
        };
    }

    private static List<String> texts(ResultSet row, int column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}

package dev.basalt.adapters.sqlite;

import static dev.basalt.adapters.jdbc.dialect.Identifiers.quoted;

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
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads from the catalogue what one table is made of. Names of constraints are in its DDL only: they are not told. */
final class SqliteTableReader {

    private static final Pattern LENGTH =
            Pattern.compile(".*(?:CHAR|CLOB|TEXT).*\\(\\s*(\\d{1,9})\\s*\\).*", Pattern.CASE_INSENSITIVE);

    private final JdbcSession session;
    private final String schema;
    private final String table;

    SqliteTableReader(JdbcSession session, String schema, String table) {
        this.session = session;
        this.schema = schema;
        this.table = table;
    }

    TableDetails details(TableType type, RowCount rows) {
        List<ColumnRow> columns = columns();
        List<IndexRow> indexes = indexes();
        List<String> key = columns.stream()
                .filter(column -> column.keyPosition() > 0)
                .sorted(Comparator.comparingInt(ColumnRow::keyPosition))
                .map(ColumnRow::name)
                .toList();
        // A primary key without an index of its own is the row's number: SQLite gives one to whoever gives none.
        boolean numbered = key.size() == 1
                && indexes.stream().noneMatch(index -> index.origin().equals("pk"));
        return new TableDetails(
                schema,
                table,
                type,
                columns.stream().map(column -> column.column(numbered)).toList(),
                key.isEmpty() ? null : new KeyConstraint(null, key),
                indexes.stream().map(IndexRow::index).toList(),
                foreignKeys(),
                indexes.stream()
                        .filter(index -> index.origin().equals("u"))
                        .map(index -> new KeyConstraint(null, index.columns()))
                        .toList(),
                rows);
    }

    /** Without the hidden columns of virtual tables, which {@code SELECT *} does not show either. */
    private List<ColumnRow> columns() {
        return session.query("""
                SELECT name, type, "notnull", dflt_value, pk, hidden
                  FROM pragma_table_xinfo(?, ?) WHERE hidden <> 1 ORDER BY cid""", ColumnRow::read, table, schema);
    }

    private List<IndexRow> indexes() {
        List<IndexPart> parts =
                session.query("""
                SELECT part.seqno, part.name, list.name, list."unique", list.origin, object.sql
                  FROM pragma_index_list(?, ?) AS list
                  JOIN pragma_index_xinfo(list.name, ?) AS part
                  LEFT JOIN %s AS object ON object.type = 'index' AND object.name = list.name
                 WHERE part.key = 1
                 ORDER BY list.name, part.seqno""".formatted(quoted(schema, "sqlite_schema")), IndexPart::read, table, schema, schema);
        return grouped(parts, IndexPart::index).stream().map(IndexRow::of).toList();
    }

    /**
     * In the order in which they were declared, which is the reverse of SQLite's numbers. Where a key names no target
     * columns, they are those of the target's primary key; a target that is not there has none, and they stay empty.
     */
    private List<ForeignKey> foreignKeys() {
        List<ForeignKeyPart> parts = session.query("""
                SELECT part.id, part."from", coalesce(target.name, part."table"),
                       coalesce(part."to", target_key.name, ''), part.on_update, part.on_delete
                  FROM pragma_foreign_key_list(?, ?) AS part
                  LEFT JOIN pragma_table_list AS target
                    ON target.schema = ? AND target.name = part."table" COLLATE NOCASE
                  LEFT JOIN pragma_table_info(part."table", ?) AS target_key
                    ON part."to" IS NULL AND target_key.pk = part.seq + 1
                 ORDER BY part.id DESC, part.seq""", ForeignKeyPart::read, table, schema, schema, schema);
        return grouped(parts, ForeignKeyPart::id).stream().map(this::foreignKey).toList();
    }

    private ForeignKey foreignKey(List<ForeignKeyPart> parts) {
        ForeignKeyPart first = parts.getFirst();
        return new ForeignKey(
                null,
                parts.stream().map(ForeignKeyPart::column).toList(),
                schema,
                first.target(),
                parts.stream().map(ForeignKeyPart::targetColumn).toList(),
                action(first.onUpdate()),
                action(first.onDelete()));
    }

    private static ReferentialAction action(String action) {
        return ReferentialAction.valueOf(action.replace(' ', '_'));
    }

    private static <K, P> Collection<List<P>> grouped(List<P> parts, Function<P, K> key) {
        return parts.stream()
                .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    private record ColumnRow(
            String name,
            String type,
            boolean notNull,
            @Nullable String defaultValue,
            int keyPosition,
            int hidden) {

        static ColumnRow read(ResultSet row) throws SQLException {
            return new ColumnRow(
                    row.getString(1),
                    row.getString(2),
                    row.getBoolean(3),
                    row.getString(4),
                    row.getInt(5),
                    row.getInt(6));
        }

        Column column(boolean keyIsRowNumber) {
            boolean rowNumber = keyIsRowNumber && keyPosition > 0 && type.equalsIgnoreCase("INTEGER");
            Matcher length = LENGTH.matcher(type);
            return new Column(
                    name,
                    type,
                    length.matches() ? Integer.valueOf(length.group(1)) : null,
                    !notNull && !rowNumber,
                    defaultValue,
                    switch (hidden) {
                        case 2 -> Column.Generated.VIRTUAL;
                        case 3 -> Column.Generated.STORED;
                        default -> null;
                    },
                    rowNumber ? Column.Identity.BY_DEFAULT : null,
                    null);
        }
    }

    private record IndexPart(
            int position,
            @Nullable String column,
            String index,
            boolean unique,
            String origin,
            @Nullable String definition) {

        static IndexPart read(ResultSet row) throws SQLException {
            return new IndexPart(
                    row.getInt(1),
                    row.getString(2),
                    row.getString(3),
                    row.getBoolean(4),
                    row.getString(5),
                    row.getString(6));
        }
    }

    private record IndexRow(
            String name,
            List<String> columns,
            boolean unique,
            String origin,
            @Nullable String definition) {

        static IndexRow of(List<IndexPart> parts) {
            IndexPart first = parts.getFirst();
            String definition = first.definition();
            List<String> terms = definition == null ? List.of() : IndexTerms.of(definition);
            var columns = new ArrayList<String>();
            for (IndexPart part : parts) {
                String column = part.column();
                columns.add(column != null ? column : terms.get(part.position()));
            }
            return new IndexRow(first.index(), columns, first.unique(), first.origin(), definition);
        }

        Index index() {
            return new Index(name, columns, unique, origin.equals("pk"), definition);
        }
    }

    private record ForeignKeyPart(
            int id, String column, String target, String targetColumn, String onUpdate, String onDelete) {

        static ForeignKeyPart read(ResultSet row) throws SQLException {
            return new ForeignKeyPart(
                    row.getInt(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6));
        }
    }
}

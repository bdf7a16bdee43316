package dev.basalt.adapters.sqlite;

import static dev.basalt.adapters.jdbc.dialect.Identifiers.quoted;

import dev.basalt.adapters.jdbc.transaction.JdbcSession;
import dev.basalt.domain.failure.DatabaseFailure.ObjectNotFound;
import dev.basalt.domain.schema.DatabaseInfo;
import dev.basalt.domain.schema.RowCount;
import dev.basalt.domain.schema.SchemaInfo;
import dev.basalt.domain.schema.TableDetails;
import dev.basalt.domain.schema.TablePage;
import dev.basalt.domain.schema.TableSummary;
import dev.basalt.domain.schema.TableType;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Introspector;
import dev.basalt.ports.TransactionRunner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads SQLite's catalogue: {@code sqlite_schema} and the {@code pragma_…} functions. Names are compared as they are
 * written, though SQLite itself takes {@code a} and {@code A} for one name.
 */
final class SqliteIntrospector implements Introspector {

    /** The database that a connection was opened on; others can be attached to it. */
    private static final String MAIN = "main";

    /** Leaves out SQLite's own tables and those that a virtual table keeps its data in. */
    private static final String OF_THE_USER = "type <> 'shadow' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";

    /** SQLite measures a table by reading it: above this size of the database, that is not done for a mere list. */
    private static final long MEASURED_BYTES = 256L << 20;

    private final TransactionRunner transactions;
    private final JdbcSession session;

    SqliteIntrospector(TransactionRunner transactions, JdbcSession session) {
        this.transactions = transactions;
        this.session = session;
    }

    @Override
    public List<DatabaseInfo> databases() {
        return reading(() -> List.of(new DatabaseInfo(MAIN, bytes(MAIN))));
    }

    @Override
    public List<SchemaInfo> schemas() {
        return reading(() -> session.query(
                "SELECT name FROM pragma_database_list WHERE name <> 'temp' ORDER BY name",
                row -> new SchemaInfo(row.getString(1))));
    }

    @Override
    public TablePage tables(String schema, @Nullable String after, int pageSize) {
        return reading(() -> {
            requireSchema(schema);
            Map<String, Long> estimates = estimates(schema);
            Map<String, Long> sizes = sizes(schema);
            List<TableSummary> tables = session.query(
                    "SELECT name, type FROM pragma_table_list WHERE schema = ? AND " + OF_THE_USER
                            + " AND name > coalesce(?, '') ORDER BY name LIMIT ?",
                    row -> {
                        String name = row.getString(1);
                        return new TableSummary(
                                name, type(row.getString(2)), sizes.get(name), estimates.get(name), null);
                    },
                    schema,
                    after,
                    pageSize + 1L);
            return TablePage.of(tables, pageSize);
        });
    }

    @Override
    public TableDetails table(String schema, String table, boolean exactCount) {
        return reading(() -> {
            requireSchema(schema);
            TableType type = session
                    .query(
                            "SELECT type FROM pragma_table_list WHERE schema = ? AND name = ? AND " + OF_THE_USER,
                            row -> type(row.getString(1)),
                            schema,
                            table)
                    .stream()
                    .findFirst()
                    .orElseThrow(() ->
                            new ObjectNotFound("schema '%s' has no table or view '%s'".formatted(schema, table), null));
            RowCount rows = exactCount
                    ? RowCount.exact(number("SELECT count(*) FROM " + quoted(schema, table)))
                    : RowCount.estimate(estimates(schema).get(table));
            return new SqliteTableReader(session, schema, table).details(type, rows);
        });
    }

    /** What {@code ANALYZE} has counted, by table; the first of its numbers is that of the rows. */
    private Map<String, Long> estimates(String schema) {
        var estimates = new HashMap<String, Long>();
        if (number("SELECT count(*) FROM pragma_table_list WHERE schema = ? AND name = 'sqlite_stat1'", schema) > 0) {
            session.query(
                    "SELECT tbl, max(CAST(stat AS INTEGER)) FROM %s GROUP BY tbl"
                            .formatted(quoted(schema, "sqlite_stat1")),
                    row -> estimates.put(row.getString(1), row.getLong(2)));
        }
        return estimates;
    }

    /** The pages of each table and its indexes, where SQLite was built to tell and the database is not too large. */
    private Map<String, Long> sizes(String schema) {
        var sizes = new HashMap<String, Long>();
        if (number("SELECT count(*) FROM pragma_module_list WHERE name = 'dbstat'") > 0
                && bytes(schema) <= MEASURED_BYTES) {
            session.query(
                    """
                    SELECT object.tbl_name, sum(part.pgsize)
                      FROM %s AS object JOIN dbstat AS part ON part.name = object.name
                     WHERE part.schema = ? AND part.aggregate = TRUE
                     GROUP BY object.tbl_name""".formatted(quoted(schema, "sqlite_schema")),
                    row -> sizes.put(row.getString(1), row.getLong(2)),
                    schema);
        }
        return sizes;
    }

    private long bytes(String schema) {
        return number("SELECT page_count * page_size FROM pragma_page_count(?), pragma_page_size(?)", schema, schema);
    }

    private long number(String sql, @Nullable Object... parameters) {
        return session.query(sql, row -> row.getLong(1), parameters).getFirst();
    }

    private void requireSchema(String schema) {
        if (schemas().stream().noneMatch(one -> one.name().equals(schema))) {
            throw new ObjectNotFound("there is no schema '" + schema + "'; SQLite's own is 'main'", null);
        }
    }

    private static TableType type(String type) {
        return switch (type) {
            case "view" -> TableType.VIEW;
            case "virtual" -> TableType.VIRTUAL_TABLE;
            default -> TableType.TABLE;
        };
    }

    private <T> T reading(Supplier<T> work) {
        return transactions.inTransaction(TransactionOptions.READ, transaction -> work.get());
    }
}

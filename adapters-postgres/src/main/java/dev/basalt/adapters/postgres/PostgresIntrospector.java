package dev.basalt.adapters.postgres;

import dev.basalt.adapters.jdbc.transaction.JdbcSession;
import dev.basalt.domain.failure.DatabaseFailure.ObjectNotFound;
import dev.basalt.domain.schema.DatabaseInfo;
import dev.basalt.domain.schema.SchemaInfo;
import dev.basalt.domain.schema.TableDetails;
import dev.basalt.domain.schema.TablePage;
import dev.basalt.domain.schema.TableSummary;
import dev.basalt.domain.schema.TableType;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Introspector;
import dev.basalt.ports.TransactionRunner;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code pg_catalog}, which shows every role the same: keys and columns of tables that it may only read or not even
 * that. A schema that the role may not use is listed, but nothing in it is found.
 *
 * <p>Source: the PostgreSQL 18 manual, chapter 52 (system catalogs) and section 9.28.7 (object sizes).
 */
final class PostgresIntrospector implements Introspector {

    private static final String OF_THE_USER = "n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'";

    /** Null where the role may neither connect to the database nor read statistics of all of them. */
    private static final String DATABASES = """
            SELECT d.datname,
                   CASE WHEN has_database_privilege(d.oid, 'CONNECT') OR pg_has_role('pg_read_all_stats', 'USAGE')
                        THEN pg_database_size(d.oid) END
              FROM pg_database d
             WHERE NOT d.datistemplate
             ORDER BY d.datname COLLATE "C"
            """;

    private static final String SCHEMAS =
            "SELECT n.nspname FROM pg_namespace n WHERE " + OF_THE_USER + " ORDER BY n.nspname COLLATE \"C\"";

    private static final String SCHEMA = "SELECT n.oid FROM pg_namespace n WHERE " + OF_THE_USER
            + " AND n.nspname = ? AND has_schema_privilege(n.oid, 'USAGE')";

    /**
     * Measuring a table needs a lock on it and its indexes. While somebody alters one, or waits to, its size is left
     * out, so that the list does not wait as well.
     *
     * <p>An estimate of no rows counts as none: rows that came since would make it a wrong 0.
     */
    private static final String TABLES = """
            WITH page AS (
              SELECT c.oid, c.relname, c.relkind, c.reltuples
                FROM pg_class c
               WHERE c.relnamespace = ?::oid AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
                 AND (?::text IS NULL OR c.relname::text COLLATE "C" > ?::text)
               ORDER BY c.relname COLLATE "C"
               LIMIT ?),
            altered AS MATERIALIZED (
              SELECT coalesce(i.indrelid, l.relation) AS oid
                FROM pg_locks l LEFT JOIN pg_index i ON i.indexrelid = l.relation
               WHERE l.locktype = 'relation' AND l.mode = 'AccessExclusiveLock' AND l.pid <> pg_backend_pid()
                 AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())),
            measured AS (
              SELECT page.*,
                     CASE WHEN page.relkind IN ('r', 'm') AND page.oid NOT IN (SELECT altered.oid FROM altered)
                          THEN pg_total_relation_size(page.oid) END AS bytes
                FROM page)
            SELECT relname, relkind, bytes,
                   CASE WHEN relkind <> 'v' AND reltuples > 0 THEN reltuples::bigint END,
                   obj_description(oid, 'pg_class')
              FROM measured
             ORDER BY relname COLLATE "C"
            """;

    private static final String TABLE = """
            SELECT c.oid, c.relkind, CASE WHEN c.relkind <> 'v' AND c.reltuples > 0 THEN c.reltuples::bigint END
              FROM pg_class c
             WHERE c.relnamespace = ?::oid AND c.relname::text = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
            """;

    private final TransactionRunner transactions;
    private final JdbcSession session;

    PostgresIntrospector(TransactionRunner transactions, JdbcSession session) {
        this.transactions = transactions;
        this.session = session;
    }

    @Override
    public List<DatabaseInfo> databases() {
        return reading(() -> session.query(DATABASES, row -> new DatabaseInfo(row.getString(1), number(row, 2))));
    }

    @Override
    public List<SchemaInfo> schemas() {
        return reading(() -> session.query(SCHEMAS, row -> new SchemaInfo(row.getString(1))));
    }

    @Override
    public TablePage tables(String schema, @Nullable String after, int pageSize) {
        return reading(() -> {
            List<TableSummary> tables = session.query(
                    TABLES,
                    row -> new TableSummary(
                            row.getString(1), type(row.getString(2)), number(row, 3), number(row, 4), row.getString(5)),
                    schemaId(schema),
                    after,
                    after,
                    pageSize + 1L);
            return TablePage.of(tables, pageSize);
        });
    }

    @Override
    public TableDetails table(String schema, String table, boolean exactCount) {
        return reading(() -> session
                .query(
                        TABLE,
                        row -> new PostgresTableReader(
                                session, schema, table, row.getLong(1), type(row.getString(2)), number(row, 3)),
                        schemaId(schema),
                        table)
                .stream()
                .findFirst()
                .orElseThrow(() ->
                        new ObjectNotFound("schema '%s' has no table or view '%s'".formatted(schema, table), null))
                .details(exactCount));
    }

    private long schemaId(String schema) {
        return session.query(SCHEMA, row -> row.getLong(1), schema).stream()
                .findFirst()
                .orElseThrow(() -> new ObjectNotFound(
                        "there is no schema '%s', or the role may not use it".formatted(schema), null));
    }

    private <R> R reading(Supplier<R> work) {
        return transactions.inTransaction(TransactionOptions.READ, transaction -> work.get());
    }

    private static TableType type(String relkind) {
        return switch (relkind) {
            case "p" -> TableType.PARTITIONED_TABLE;
            case "v" -> TableType.VIEW;
            case "m" -> TableType.MATERIALIZED_VIEW;
            case "f" -> TableType.FOREIGN_TABLE;
            default -> TableType.TABLE;
        };
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }
}

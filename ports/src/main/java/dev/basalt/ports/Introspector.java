package dev.basalt.ports;

import dev.basalt.domain.schema.DatabaseInfo;
import dev.basalt.domain.schema.SchemaInfo;
import dev.basalt.domain.schema.TableDetails;
import dev.basalt.domain.schema.TablePage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads from the catalogues what a database contains. Thread-safe.
 *
 * <p>Names are taken and given exactly as they are, without quotes; any name that the backend allows works. A schema or
 * table that does not exist fails with {@link dev.basalt.domain.failure.DatabaseFailure.ObjectNotFound}. Takes a fixed
 * number of catalogue queries for each call, however many tables there are.
 */
public interface Introspector {

    /** The databases of the server, by name; templates are left out. */
    List<DatabaseInfo> databases();

    /** The schemas of the database, by name; the backend's own are left out. */
    List<SchemaInfo> schemas();

    /**
     * A page of a schema's tables and views, by name.
     *
     * @param schema the schema
     * @param after the name that the page begins behind, or {@code null} for the first page
     * @param pageSize tables to a page, at least 1
     */
    TablePage tables(String schema, @Nullable String after, int pageSize);

    /**
     * Everything about one table.
     *
     * @param schema the schema
     * @param table the table or view
     * @param exactCount whether to count the rows one by one; otherwise the backend's last estimate is given at once
     */
    TableDetails table(String schema, String table, boolean exactCount);
}

package dev.basalt.domain.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a schema's tables, in the order of their names' code points.
 *
 * @param tables what it holds
 * @param nextAfter the name after which the next page begins, or {@code null} on the last one
 */
public record TablePage(List<TableSummary> tables, @Nullable String nextAfter) {

    public TablePage {
        tables = List.copyOf(tables);
    }

    /** Makes a page of a list read one table further than the page goes: the one more tells whether there is a next. */
    public static TablePage of(List<TableSummary> tablesAndOneMore, int pageSize) {
        if (tablesAndOneMore.size() <= pageSize) {
            return new TablePage(tablesAndOneMore, null);
        }
        List<TableSummary> tables = tablesAndOneMore.subList(0, pageSize);
        return new TablePage(tables, tables.getLast().name());
    }
}

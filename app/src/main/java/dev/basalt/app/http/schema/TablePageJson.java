package dev.basalt.app.http.schema;

import dev.basalt.domain.schema.TablePage;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A keyset page of a schema's tables, by name.
 *
 * @param items what it holds
 * @param pageSize the most items that a page holds
 * @param hasNext whether there is a page behind it
 * @param nextAfter what to give as {@code after} for that page
 */
@Schema(name = "TablePage")
record TablePageJson(
        List<TableSummaryJson> items,
        int pageSize,
        boolean hasNext,
        @Nullable String nextAfter) {

    static TablePageJson of(TablePage page, int pageSize) {
        return new TablePageJson(
                page.tables().stream().map(TableSummaryJson::of).toList(),
                pageSize,
                page.nextAfter() != null,
                page.nextAfter());
    }
}

package dev.basalt.app.http.schema;

import dev.basalt.domain.schema.TableSummary;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A table as lists show it.
 *
 * @param name its name
 * @param type table, partitioned_table, view, materialized_view, foreign_table or virtual_table
 * @param sizeBytes its size on disk with indexes
 * @param rowEstimate the backend's last estimate of its rows
 * @param comment what its owner noted about it
 */
@Schema(name = "TableSummary")
record TableSummaryJson(
        String name,
        String type,
        @Nullable Long sizeBytes,
        @Nullable Long rowEstimate,
        @Nullable String comment) {

    static TableSummaryJson of(TableSummary table) {
        return new TableSummaryJson(
                table.name(),
                table.type().name().toLowerCase(Locale.ROOT),
                table.sizeBytes(),
                table.rowEstimate(),
                table.comment());
    }
}

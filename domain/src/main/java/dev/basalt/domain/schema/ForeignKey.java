package dev.basalt.domain.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A foreign key: column i refers to target column i.
 *
 * @param name its name, or {@code null} where the backend does not tell it
 * @param columns the referring columns, in the key's order
 * @param targetSchema the schema of the table that it refers to
 * @param targetTable the table that it refers to
 * @param targetColumns the columns that it refers to, as many as {@code columns}
 * @param onUpdate what happens when the target's key changes
 * @param onDelete what happens when the target row goes
 */
public record ForeignKey(
        @Nullable String name,
        List<String> columns,
        String targetSchema,
        String targetTable,
        List<String> targetColumns,
        ReferentialAction onUpdate,
        ReferentialAction onDelete) {

    public ForeignKey {
        columns = List.copyOf(columns);
        targetColumns = List.copyOf(targetColumns);
        if (columns.size() != targetColumns.size()) {
            throw new IllegalArgumentException(
                    "foreign key %s pairs columns %s with %s".formatted(name, columns, targetColumns));
        }
    }
}

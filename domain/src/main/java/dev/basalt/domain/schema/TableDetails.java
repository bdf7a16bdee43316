package dev.basalt.domain.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Everything known about one table.
 *
 * @param schema the schema it is in
 * @param name its name
 * @param type what kind of relation it is
 * @param columns its columns, in their order
 * @param primaryKey its primary key, or {@code null} if it has none
 * @param indexes its indexes, by name
 * @param foreignKeys its foreign keys, in the backend's order
 * @param uniqueConstraints its unique constraints, by name
 * @param rowCount its rows
 */
public record TableDetails(
        String schema,
        String name,
        TableType type,
        List<Column> columns,
        @Nullable KeyConstraint primaryKey,
        List<Index> indexes,
        List<ForeignKey> foreignKeys,
        List<KeyConstraint> uniqueConstraints,
        RowCount rowCount) {

    public TableDetails {
        columns = List.copyOf(columns);
        indexes = List.copyOf(indexes);
        foreignKeys = List.copyOf(foreignKeys);
        uniqueConstraints = List.copyOf(uniqueConstraints);
    }
}

package dev.basalt.app.http.schema;

import dev.basalt.domain.schema.Column;
import dev.basalt.domain.schema.ForeignKey;
import dev.basalt.domain.schema.Index;
import dev.basalt.domain.schema.KeyConstraint;
import dev.basalt.domain.schema.TableDetails;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Everything known about one table.
 *
 * @param name its name
 * @param schema the schema it is in
 * @param type what kind of relation it is
 * @param columns its columns, in their order
 * @param primaryKey its primary key
 * @param indexes its indexes, by name
 * @param foreignKeys its foreign keys
 * @param uniqueConstraints its unique constraints
 * @param rowCount how many rows it has, none if unknown
 * @param rowCountKind exact, estimate or unknown
 */
@Schema(name = "Table")
record TableJson(
        String name,
        String schema,
        String type,
        List<ColumnJson> columns,
        @Nullable KeyJson primaryKey,
        List<IndexJson> indexes,
        List<ForeignKeyJson> foreignKeys,
        List<KeyJson> uniqueConstraints,
        @Nullable Long rowCount,
        String rowCountKind) {

    static TableJson of(TableDetails table) {
        KeyConstraint primaryKey = table.primaryKey();
        return new TableJson(
                table.name(),
                table.schema(),
                lower(table.type()),
                table.columns().stream().map(ColumnJson::of).toList(),
                primaryKey == null ? null : KeyJson.of(primaryKey),
                table.indexes().stream().map(IndexJson::of).toList(),
                table.foreignKeys().stream().map(ForeignKeyJson::of).toList(),
                table.uniqueConstraints().stream().map(KeyJson::of).toList(),
                table.rowCount().rows(),
                lower(table.rowCount().kind()));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** A column. */
    @Schema(name = "Column")
    record ColumnJson(
            String name,
            String dataType,
            @Nullable Integer maxLength,
            boolean nullable,
            @Nullable String defaultValue,
            @Nullable String generated,
            @Nullable String identity,
            @Nullable String comment) {

        static ColumnJson of(Column column) {
            return new ColumnJson(
                    column.name(),
                    column.dataType(),
                    column.maxLength(),
                    column.nullable(),
                    column.defaultValue(),
                    column.generated() == null ? null : lower(column.generated()),
                    column.identity() == null ? null : lower(column.identity()),
                    column.comment());
        }
    }

    /** A primary key or a unique constraint. */
    @Schema(name = "Key")
    record KeyJson(@Nullable String name, List<String> columns) {

        static KeyJson of(KeyConstraint key) {
            return new KeyJson(key.name(), key.columns());
        }
    }

    /** An index. */
    @Schema(name = "Index")
    record IndexJson(
            String name,
            List<String> columns,
            boolean unique,
            boolean primary,
            @Nullable String definition) {

        static IndexJson of(Index index) {
            return new IndexJson(index.name(), index.columns(), index.unique(), index.primary(), index.definition());
        }
    }

    /** A foreign key: column i refers to target column i. */
    @Schema(name = "ForeignKey")
    record ForeignKeyJson(
            @Nullable String name,
            List<String> columns,
            String targetSchema,
            String targetTable,
            List<String> targetColumns,
            String onUpdate,
            String onDelete) {

        static ForeignKeyJson of(ForeignKey key) {
            return new ForeignKeyJson(
                    key.name(),
                    key.columns(),
                    key.targetSchema(),
                    key.targetTable(),
                    key.targetColumns(),
                    lower(key.onUpdate()),
                    lower(key.onDelete()));
        }
    }
}

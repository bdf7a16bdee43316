package dev.basalt.domain.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index of a table.
 *
 * @param name its name
 * @param columns what it is over, in its order: column names, or expressions as the backend prints them
 * @param unique whether it forbids equal entries
 * @param primary whether it serves the primary key
 * @param definition the statement that makes it, or {@code null} for one that the backend made by itself
 */
public record Index(
        String name,
        List<String> columns,
        boolean unique,
        boolean primary,
        @Nullable String definition) {

    public Index {
        columns = List.copyOf(columns);
    }
}

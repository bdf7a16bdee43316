package dev.basalt.domain.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A primary key or a unique constraint.
 *
 * @param name its name, or {@code null} where the backend gives it none
 * @param columns its columns, in the key's order
 */
public record KeyConstraint(@Nullable String name, List<String> columns) {

    public KeyConstraint {
        columns = List.copyOf(columns);
    }
}

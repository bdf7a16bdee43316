package dev.basalt.domain.schema;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param name its name
 * @param dataType its type as the backend prints it, such as {@code numeric(10,2)}
 * @param maxLength the most characters it takes, or {@code null} if its type sets no limit
 * @param nullable whether it takes null
 * @param defaultValue the expression of its default, or {@code null}
 * @param generated how its value is computed from others, or {@code null} if it is not
 * @param identity how the backend numbers it, or {@code null} if it does not
 * @param comment what its owner noted about it
 */
public record Column(
        String name,
        String dataType,
        @Nullable Integer maxLength,
        boolean nullable,
        @Nullable String defaultValue,
        @Nullable Generated generated,
        @Nullable Identity identity,
        @Nullable String comment) {

    /** How a generated column's value is kept. */
    public enum Generated {
        STORED,
        VIRTUAL
    }

    /** Whether a caller may set an identity column's value. */
    public enum Identity {
        ALWAYS,
        BY_DEFAULT
    }
}

package dev.basalt.domain.schema;

import org.jspecify.annotations.Nullable;

/**
 * How many rows a table has, and how well that is known.
 *
 * @param rows the number, or {@code null} exactly if it is unknown
 * @param kind how well it is known
 */
public record RowCount(@Nullable Long rows, Kind kind) {

    public static final RowCount UNKNOWN = new RowCount(null, Kind.UNKNOWN);

    public RowCount {
        if ((rows == null) != (kind == Kind.UNKNOWN)) {
            throw new IllegalArgumentException("a row count of " + rows + " cannot be " + kind);
        }
    }

    /** A count that every row was looked at for. */
    public static RowCount exact(long rows) {
        return new RowCount(rows, Kind.EXACT);
    }

    /** What the backend last estimated; unknown if it has not. */
    public static RowCount estimate(@Nullable Long rows) {
        return rows == null ? UNKNOWN : new RowCount(rows, Kind.ESTIMATE);
    }

    /** How well a number of rows is known. */
    public enum Kind {
        EXACT,
        ESTIMATE,
        UNKNOWN
    }
}

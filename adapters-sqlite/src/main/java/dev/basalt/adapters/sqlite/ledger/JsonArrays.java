package dev.basalt.adapters.sqlite.ledger;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes sets of values as JSON text (RFC 8259), for {@code json_each} to read. */
final class JsonArrays {

    private JsonArrays() {}

    /** One value for each element. */
    static String of(Collection<?> values) {
        return array(values.stream());
    }

    /** One array for each row, of the cells that it gives. */
    static <T> String ofRows(List<T> rows, Function<T, List<@Nullable Object>> cells) {
        return rows.stream().map(row -> array(cells.apply(row).stream())).collect(Collectors.joining(",", "[", "]"));
    }

    private static String array(Stream<? extends @Nullable Object> values) {
        return values.map(JsonArrays::value).collect(Collectors.joining(",", "[", "]"));
    }

    private static String value(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Number number -> number.toString();
            default -> quoted(value.toString());
        };
    }

    private static String quoted(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}

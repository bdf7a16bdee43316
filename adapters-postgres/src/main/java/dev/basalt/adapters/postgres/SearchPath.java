package dev.basalt.adapters.postgres;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code search_path}: names of schemas separated by commas, in double quotes where they are not plain.
 *
 * <p>Source: {@code SplitIdentifierString()} in varlena.c.
 */
final class SearchPath {

    private static final Pattern NAME = Pattern.compile("\\s*(?:\"((?:[^\"]|\"\")+)\"|([^\\s,\"]+))\\s*");
    private static final Pattern PATH = Pattern.compile("\\s*|" + NAME + "(?:," + NAME + ")*");

    private SearchPath() {}

    /** The same path; an {@link IllegalArgumentException} says what is allowed instead. */
    static String checked(String path) {
        if (!PATH.matcher(path).matches()) {
            throw new IllegalArgumentException(
                    "is '" + path
                            + "': names of schemas are allowed, separated by commas, in double quotes where they are not plain");
        }
        return path;
    }

    /** The schema that names are looked up in first, or {@code null} if there is none. */
    static @Nullable String first(String path) {
        Matcher name = NAME.matcher(path);
        if (!name.lookingAt()) {
            return null;
        }
        String quoted = name.group(1);
        return quoted == null ? name.group(2).toLowerCase(Locale.ROOT) : quoted.replace("\"\"", "\"");
    }
}

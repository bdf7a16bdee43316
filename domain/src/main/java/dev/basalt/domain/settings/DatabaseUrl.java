package dev.basalt.domain.settings;

import java.util.regex.Pattern;

/**
 * Where a database is, as the user wrote it: {@code postgresql://…}, {@code jdbc:postgresql:…}, {@code sqlite:…}.
 *
 * <p>It may hold a password, so {@link #toString()} shows neither user nor query parameters.
 *
 * @param value the URL with everything in it; not for output
 */
public record DatabaseUrl(String value) {

    private static final Pattern USER = Pattern.compile("//.*@", Pattern.DOTALL);

    public DatabaseUrl {
        if (value.isBlank()) {
            throw new IllegalArgumentException("the database URL is empty");
        }
    }

    /** The URL without its secrets. */
    @Override
    public String toString() {
        int query = value.indexOf('?');
        String place = query < 0 ? value : value.substring(0, query) + "?***";
        return USER.matcher(place).replaceFirst("//***@");
    }
}

package dev.basalt.domain.settings;

/**
 * Where a database is, as the user wrote it: {@code postgresql://…}, {@code jdbc:postgresql:…}, {@code sqlite:…}.
 *
 * <p>It may hold a password, so {@link #toString()} shows neither user nor query parameters.
 *
 * @param value the URL with everything in it; not for output
 */
public record DatabaseUrl(String value) {

    public DatabaseUrl {
        if (value.isBlank()) {
            throw new IllegalArgumentException("the database URL is empty");
        }
    }

    /**
     * The URL without its secrets. Where it is not clear which part of it is one (an unescaped {@code @} or {@code ?} in a
     * password), only the scheme is shown.
     */
    @Override
    public String toString() {
        int user = value.lastIndexOf('@');
        int query = value.indexOf('?');
        if (user < 0 && query < 0) {
            return value;
        }
        if (query >= 0 && user > query) {
            return scheme() + "***";
        }
        String place = query < 0 ? value : value.substring(0, query);
        return (user < 0 ? place : scheme() + "***" + place.substring(user)) + (query < 0 ? "" : "?***");
    }

    private String scheme() {
        int slashes = value.indexOf("//");
        return value.substring(0, slashes < 0 ? value.indexOf(':') + 1 : slashes + 2);
    }
}

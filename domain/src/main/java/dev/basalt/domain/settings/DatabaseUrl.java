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

    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9a-fA-F:.]*]|[^:]*)(:\\d*)?");

    public DatabaseUrl {
        if (value.isBlank()) {
            throw new IllegalArgumentException("the database URL is empty");
        }
    }

    /**
     * The URL without its secrets. Where it is not clear which part of it is one (an unescaped {@code @} or {@code ?} in a
     * password, a forgotten host), only the scheme is shown.
     */
    @Override
    public String toString() {
        int user = value.lastIndexOf('@');
        int query = value.indexOf('?');
        if ((query >= 0 && user > query) || (user < 0 && !namesHostsOnly())) {
            return scheme() + "***";
        }
        String place = query < 0 ? value : value.substring(0, query);
        return (user < 0 ? place : scheme() + "***" + place.substring(user)) + (query < 0 ? "" : "?***");
    }

    /** What stands where the hosts do may be a user and a password, if it is no host and port. */
    private boolean namesHostsOnly() {
        int slashes = value.indexOf("//");
        return slashes < 0
                || Pattern.compile(",")
                        .splitAsStream(value.substring(slashes + 2).split("[/?]", 2)[0])
                        .allMatch(HOST_AND_PORT.asMatchPredicate());
    }

    private String scheme() {
        int slashes = value.indexOf("//");
        return value.substring(0, slashes < 0 ? value.indexOf(':') + 1 : slashes + 2);
    }
}

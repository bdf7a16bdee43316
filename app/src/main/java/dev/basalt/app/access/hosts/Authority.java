package dev.basalt.app.access.hosts;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host, and a port if one was named. Immutable.
 *
 * @param name in lower case, without a dot at its end; an IPv6 address in brackets
 * @param port 0 to 65535, or -1 if none was named
 */
public record Authority(String name, int port) {

    private static final Pattern FORM =
            Pattern.compile("(\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9_-][A-Za-z0-9._-]{0,253})(?::([0-9]{1,5}))?");

    /** Reads {@code name}, {@code name:port} or {@code [address]:port}. */
    public static Optional<Authority> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String name = form.group(1).toLowerCase(Locale.ROOT);
        int port = form.group(2) == null ? -1 : Integer.parseInt(form.group(2));
        return port > 65_535
                ? Optional.empty()
                : Optional.of(new Authority(name.endsWith(".") ? name.substring(0, name.length() - 1) : name, port));
    }

    /** With this port if none was named. */
    public Authority withPort(int fallback) {
        return port < 0 ? new Authority(name, fallback) : this;
    }

    @Override
    public String toString() {
        return port < 0 ? name : name + ":" + port;
    }
}

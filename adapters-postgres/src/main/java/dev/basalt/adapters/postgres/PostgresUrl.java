package dev.basalt.adapters.postgres;

import dev.basalt.domain.settings.DatabaseUrl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a URL says about where a database is: {@code postgresql://user:password@host:port,host:port/database?name=value}
 * (libpq's connection URI) or {@code jdbc:postgresql://host:port/database?name=value}.
 *
 * <p>Source: the PostgreSQL 18 manual, section 32.1.1.2, and {@code conninfo_uri_parse_options()} in fe-connect.c. What
 * libpq would read in a way that nobody means, such as a password with a bare {@code @}, is refused. In a {@code jdbc:}
 * URL a plus sign in a value is a space, as the driver has it.
 *
 * @param hosts the servers, in the order in which they are tried; empty if the URL names none
 * @param database the database, or {@code null}
 * @param user the role, or {@code null}
 * @param password its password, or {@code null}
 * @param parameters the other parameters behind the question mark, by name
 */
record PostgresUrl(
        List<Host> hosts,
        @Nullable String database,
        @Nullable String user,
        @Nullable String password,
        Map<String, String> parameters) {

    static final String JDBC = "jdbc:postgresql:";
    static final List<String> SCHEMES = List.of("postgresql://", "postgres://", JDBC);

    /** The parameters that say what can also stand before the question mark. */
    static final List<String> PLACE = List.of("dbname", "host", "password", "port", "user");

    private static final String ENCODE =
            " (in a user or password, the characters : / ? # @ and % are written %3A %2F %3F %23 %40 and %25)";

    /** A server's name or address, without brackets, and its port. */
    record Host(String name, int port) {
        static final int DEFAULT_PORT = 5432;
    }

    /** Reads a URL; the message of an {@link IllegalArgumentException} shows nothing secret. */
    static PostgresUrl parse(DatabaseUrl url) {
        String scheme =
                SCHEMES.stream().filter(url.value()::startsWith).findFirst().orElseThrow();
        String rest = url.value().substring(scheme.length());
        if (!scheme.equals(JDBC)) {
            return parts(rest, true);
        }
        return rest.startsWith("//") ? parts(rest.substring(2), false) : parts("/" + rest, false);
    }

    private static PostgresUrl parts(String url, boolean credentials) {
        int query = url.indexOf('?');
        String place = query < 0 ? url : url.substring(0, query);
        int slash = place.indexOf('/');
        String authority = slash < 0 ? place : place.substring(0, slash);
        String database = slash < 0 ? "" : place.substring(slash + 1);
        int at = authority.indexOf('@');
        if (at != authority.lastIndexOf('@')) {
            throw new IllegalArgumentException("there is more than one @ before the host" + ENCODE);
        }
        // A bare / or ? in a password ends the authority too early, and the rest of it passes for something else.
        String behind = slash < 0 ? url.substring(place.length()) : database;
        if (at < 0 && !authority.isEmpty() && behind.contains("@")) {
            throw new IllegalArgumentException("there is an @ behind the host" + ENCODE);
        }
        if (at >= 0 && !credentials) {
            throw new IllegalArgumentException(
                    "a jdbc: URL takes user and password as parameters (?user=…&password=…), not before the host");
        }
        String userInfo = at < 0 ? "" : authority.substring(0, at);
        int colon = userInfo.indexOf(':');
        Map<String, String> parameters = parameters(query < 0 ? "" : url.substring(query + 1), !credentials);
        List<Host> hosts = hosts(authority.substring(at + 1), at >= 0);
        List<Host> named = namedHosts(parameters.remove("host"), parameters.remove("port"));
        if (!hosts.isEmpty() && !named.isEmpty() && !hosts.equals(named)) {
            throw contradiction("host or port");
        }
        return new PostgresUrl(
                hosts.isEmpty() ? named : hosts,
                either("dbname", decoded(database, "the database's name"), parameters),
                either("user", decoded(colon < 0 ? userInfo : userInfo.substring(0, colon), "the user"), parameters),
                either("password", decoded(colon < 0 ? "" : userInfo.substring(colon + 1), "the password"), parameters),
                parameters);
    }

    private static @Nullable String either(String parameter, @Nullable String before, Map<String, String> parameters) {
        String behind = parameters.remove(parameter);
        if (before != null && behind != null && !before.equals(behind)) {
            throw contradiction(parameter);
        }
        return before == null ? behind : before;
    }

    private static IllegalArgumentException contradiction(String parameter) {
        return new IllegalArgumentException(
                parameter + " is given before the question mark and as a parameter, with different values");
    }

    private static @Nullable String decoded(String part, String what) {
        return part.isEmpty() ? null : PercentEncoding.decode(part, what);
    }

    private static List<Host> hosts(String list, boolean behindCredentials) {
        if (list.isEmpty()) {
            return List.of();
        }
        var hosts = new ArrayList<Host>();
        for (String host : list.split(",", -1)) {
            int end = host.startsWith("[") ? host.indexOf(']') : -1;
            int colon = host.indexOf(':', end + 1);
            String name = hostName(PercentEncoding.decode(colon < 0 ? host : host.substring(0, colon), "the host"));
            if (colon >= 0 && !behindCredentials && !host.substring(colon + 1).matches("[0-9]+")) {
                // Without a host, the password stands where a port would.
                throw new IllegalArgumentException("the port is not a number from 1 to 65535" + ENCODE);
            }
            hosts.add(new Host(name, colon < 0 ? Host.DEFAULT_PORT : port(host.substring(colon + 1))));
        }
        return List.copyOf(hosts);
    }

    /** The hosts that stand behind the question mark: with one port for all of them, or one for each. */
    private static List<Host> namedHosts(@Nullable String names, @Nullable String ports) {
        if (names == null && ports == null) {
            return List.of();
        }
        String[] name = names == null ? new String[] {""} : names.split(",", -1);
        String[] port = ports == null ? new String[] {String.valueOf(Host.DEFAULT_PORT)} : ports.split(",", -1);
        if (port.length != 1 && port.length != name.length) {
            throw new IllegalArgumentException(
                    "parameter 'port' has %d values for %d hosts".formatted(port.length, name.length));
        }
        var hosts = new ArrayList<Host>();
        for (int i = 0; i < name.length; i++) {
            hosts.add(new Host(hostName(name[i]), port(port[port.length == 1 ? 0 : i])));
        }
        return List.copyOf(hosts);
    }

    /** A host's name, or an IPv6 address with or without its brackets. */
    private static String hostName(String given) {
        if (given.startsWith("/")) {
            throw new IllegalArgumentException("the host is a Unix-domain socket, which the driver cannot use");
        }
        String name = given.startsWith("[") && given.endsWith("]") ? given.substring(1, given.length() - 1) : given;
        if (name.chars().anyMatch(c -> c <= ' ' || "@,/?#[]\\".indexOf(c) >= 0)) {
            throw new IllegalArgumentException("the host is neither a name nor an address" + ENCODE);
        }
        return name.isEmpty() ? "localhost" : name;
    }

    private static int port(String given) {
        if (given.matches("[0-9]{1,5}") && Integer.parseInt(given) >= 1 && Integer.parseInt(given) <= 65535) {
            return Integer.parseInt(given);
        }
        throw new IllegalArgumentException("port is '" + given + "': a number from 1 to 65535 is allowed");
    }

    private static Map<String, String> parameters(String query, boolean plusIsSpace) {
        var parameters = new LinkedHashMap<String, String>();
        for (String parameter : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException("a parameter behind the ? is not of the form name=value" + ENCODE);
            }
            String name = PercentEncoding.decode(parameter.substring(0, equals), "a parameter's name");
            String encoded = parameter.substring(equals + 1);
            String value = PercentEncoding.decode(
                    plusIsSpace ? encoded.replace('+', ' ') : encoded, "parameter '" + name + "'");
            String before = parameters.put(name, value);
            if (before != null && !before.equals(value)) {
                throw new IllegalArgumentException("parameter '" + name + "' is given twice, with different values");
            }
        }
        return parameters;
    }

    /** Shows nothing, because the password and the parameters may be secret. */
    @Override
    public String toString() {
        return "PostgresUrl[***]";
    }
}

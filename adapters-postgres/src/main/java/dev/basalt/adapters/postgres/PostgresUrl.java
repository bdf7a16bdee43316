package dev.basalt.adapters.postgres;

import dev.basalt.adapters.postgres.Servers.Host;
import dev.basalt.domain.settings.DatabaseUrl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * What a URL says about where a database is: {@code postgresql://user:password@host:port,host:port/database?name=value}
 * (libpq's connection URI) or {@code jdbc:postgresql://host:port/database?name=value}.
 *
 * <p>Source: the PostgreSQL 18 manual, section 32.1.1.2, and {@code conninfo_uri_parse_options()} in fe-connect.c. What
 * libpq would read in a way that nobody means, such as a password with a bare {@code @}, is refused. In a {@code jdbc:}
 * URL a plus sign in a value is a space, as the driver has it.
 *
 * @param servers the servers
 * @param database the database, or {@code null}
 * @param user the role, or {@code null}
 * @param password its password, or {@code null}
 * @param parameters the other parameters behind the question mark, by name
 */
record PostgresUrl(
        Servers servers,
        @Nullable String database,
        @Nullable String user,
        @Nullable String password,
        Map<String, String> parameters) {

    static final String LIBPQ = "postgresql://";
    static final String JDBC = "jdbc:postgresql:";
    static final List<String> SCHEMES = List.of(LIBPQ, "postgres://", JDBC);

    /** The parameters that say what can also stand before the question mark. */
    static final List<String> PLACE = List.of("dbname", "host", "password", "port", "user");

    private static final Set<String> SECRET = Set.of("password", "sslpassword");

    private static final String ENCODE =
            " (in a user or password, the characters : / ? # @ and % are written %3A %2F %3F %23 %40 and %25)";

    /**
     * Reads a URL, as far as it can be read.
     *
     * @param faults is told what is wrong with it, without anything secret; with a fault, what is returned is not complete
     */
    static PostgresUrl read(DatabaseUrl url, Consumer<String> faults) {
        String scheme =
                SCHEMES.stream().filter(url.value()::startsWith).findFirst().orElseThrow();
        String rest = url.value().substring(scheme.length());
        boolean libpq = !scheme.equals(JDBC);
        var reader = new Reader(faults, libpq);
        var nothing = new PostgresUrl(Servers.UNSAID, null, null, null, Map.of());
        return reader.attempt(
                () -> reader.url(libpq ? rest : rest.startsWith("//") ? rest.substring(2) : "/" + rest), nothing);
    }

    /** Shows nothing, because the password and the parameters may be secret. */
    @Override
    public String toString() {
        return "PostgresUrl[***]";
    }

    /** Collects what is wrong with the parts; what makes it unclear which part is which is thrown. */
    private record Reader(Consumer<String> faults, boolean libpq) {

        <T extends @Nullable Object> T attempt(Supplier<T> part, T otherwise) {
            try {
                return part.get();
            } catch (IllegalArgumentException e) {
                faults.accept(String.valueOf(e.getMessage()));
                return otherwise;
            }
        }

        PostgresUrl url(String url) {
            int query = url.indexOf('?');
            String place = query < 0 ? url : url.substring(0, query);
            int slash = place.indexOf('/');
            String authority = slash < 0 ? place : place.substring(0, slash);
            String database = slash < 0 ? "" : place.substring(slash + 1);
            int at = authority.indexOf('@');
            // A bare / or ? in a password ends the authority too early, and the rest of it passes for something else.
            requireOneMeaning(authority, slash < 0 ? url.substring(place.length()) : database);
            String userInfo = at < 0 ? "" : authority.substring(0, at);
            int colon = userInfo.indexOf(':');
            Map<String, String> parameters = parameters(query < 0 ? "" : url.substring(query + 1));
            String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
            String password = colon < 0 ? "" : userInfo.substring(colon + 1);
            return new PostgresUrl(
                    servers(authority.substring(at + 1), at >= 0, parameters.remove("host"), parameters.remove("port")),
                    either("dbname", decoded(database, "the database's name"), parameters),
                    either("user", decoded(user, "the user"), parameters),
                    either("password", decoded(password, "the password"), parameters),
                    parameters);
        }

        private void requireOneMeaning(String authority, String behind) {
            int at = authority.indexOf('@');
            if (at != authority.lastIndexOf('@')) {
                throw new IllegalArgumentException("there is more than one @ before the host" + ENCODE);
            }
            if (at < 0 && !authority.isEmpty() && behind.contains("@")) {
                throw new IllegalArgumentException("there is an @ behind the host" + ENCODE);
            }
            if (at >= 0 && !libpq) {
                throw new IllegalArgumentException(
                        "a jdbc: URL takes user and password as parameters (?user=…&password=…), not before the host");
            }
        }

        private @Nullable String decoded(String part, String what) {
            return part.isEmpty() ? null : attempt(() -> PercentEncoding.decode(part, what), null);
        }

        private @Nullable String either(String parameter, @Nullable String before, Map<String, String> parameters) {
            String behind = parameters.remove(parameter);
            if (before != null && behind != null && !before.equals(behind)) {
                faults.accept(contradiction(parameter));
            }
            return before == null ? behind : before;
        }

        private static String contradiction(String parameter) {
            return parameter + " is given before the question mark and as a parameter, with different values";
        }

        private Servers servers(
                String list, boolean behindCredentials, @Nullable String names, @Nullable String ports) {
            Servers before = attempt(() -> hosts(list, behindCredentials), Servers.UNSAID);
            Servers named = names == null ? Servers.UNSAID : attempt(() -> Servers.named(names), Servers.UNSAID);
            Servers ported = ports == null ? Servers.UNSAID : attempt(() -> Servers.onPorts(ports), Servers.UNSAID);
            int count =
                    Math.max(1, Math.max(before.hosts().size(), named.hosts().size()));
            if (ported.hosts().size() > 1 && ported.hosts().size() != count) {
                faults.accept("parameter 'port' has %d values for %d hosts"
                        .formatted(ported.hosts().size(), count));
                return before;
            }
            return before.and(named).flatMap(hosts -> hosts.and(ported)).orElseGet(() -> {
                faults.accept(contradiction("host or port"));
                return before;
            });
        }

        private static Servers hosts(String list, boolean behindCredentials) {
            if (list.isEmpty()) {
                return Servers.UNSAID;
            }
            var hosts = new ArrayList<Host>();
            for (String host : list.split(",", -1)) {
                int end = host.startsWith("[") ? host.indexOf(']') : -1;
                int colon = host.indexOf(':', end + 1);
                String name =
                        Servers.name(PercentEncoding.decode(colon < 0 ? host : host.substring(0, colon), "the host"));
                if (colon >= 0
                        && !behindCredentials
                        && !host.substring(colon + 1).matches("[0-9]+")) {
                    // Without a host, the password stands where a port would.
                    throw new IllegalArgumentException("the port is not a number from 1 to 65535" + ENCODE);
                }
                hosts.add(new Host(name, colon < 0 ? null : Servers.port(host.substring(colon + 1))));
            }
            return new Servers(hosts);
        }

        private Map<String, String> parameters(String query) {
            var parameters = new LinkedHashMap<String, String>();
            boolean behindSecret = false;
            for (String parameter : query.isEmpty() ? new String[0] : query.split("&", -1)) {
                boolean mayBeSecret = behindSecret;
                behindSecret = SECRET.contains(parameter.split("=", 2)[0]) || (mayBeSecret && !isKnown(parameter));
                attempt(() -> put(parameters, parameter, mayBeSecret), false);
            }
            return parameters;
        }

        private boolean put(Map<String, String> parameters, String parameter, boolean mayBeSecret) {
            int equals = parameter.indexOf('=');
            if (equals <= 0) {
                throw new IllegalArgumentException("a parameter behind the ? is not of the form name=value" + ENCODE);
            }
            if (mayBeSecret && !isKnown(parameter)) {
                throw new IllegalArgumentException("what stands behind the & after the password is no parameter that is"
                        + " known (in a password, & is written %26)");
            }
            String name = PercentEncoding.decode(parameter.substring(0, equals), "a parameter's name");
            String encoded = parameter.substring(equals + 1);
            String value =
                    PercentEncoding.decode(libpq ? encoded : encoded.replace('+', ' '), "parameter '" + name + "'");
            String before = parameters.put(name, value);
            if (before != null && !before.equals(value)) {
                throw new IllegalArgumentException("parameter '" + name + "' is given twice, with different values");
            }
            return true;
        }

        private static boolean isKnown(String parameter) {
            String name = parameter.split("=", 2)[0];
            return PLACE.contains(name) || UrlParameter.find(name).isPresent() || PGProperty.forName(name) != null;
        }
    }
}

package dev.basalt.adapters.postgres;

import dev.basalt.domain.settings.BackendOption;
import dev.basalt.domain.settings.BackendOption.Kind;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.PoolSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The settings that only PostgreSQL has: a database in parts instead of a URL, and what a URL leaves out. */
final class PostgresOptions {

    static final String HOST = "host";
    static final String PORT = "port";
    static final String NAME = "name";
    static final String USER = "user";
    static final String PASSWORD = "password";
    static final String SCHEMA = "schema";
    static final String SSL_MODE = "ssl-mode";
    static final String SSL_ROOT_CERT = "ssl-root-cert";
    static final String SSL_CERT = "ssl-cert";
    static final String SSL_KEY = "ssl-key";
    static final String MIGRATION_USER = "migration-user";
    static final String MIGRATION_PASSWORD = "migration-password";

    static final String IDLE_IN_TRANSACTION_TIMEOUT = "idle-in-transaction-timeout";
    static final String CLIENT_CHECK_INTERVAL = "client-check-interval";

    static final Duration DEFAULT_IDLE_IN_TRANSACTION_TIMEOUT = Duration.ofSeconds(10);
    static final Duration DEFAULT_CLIENT_CHECK_INTERVAL = Duration.ofSeconds(5);
    static final String DEFAULT_SCHEMA = "public";
    static final String DEFAULT_SSL_MODE = "prefer";

    static final List<BackendOption> ALL = List.of(
            option(HOST, Kind.TEXT, null, "PostgreSQL's server, or several separated by commas, tried in order"),
            option(
                    PORT,
                    Kind.NUMBER,
                    Integer.toString(Servers.DEFAULT_PORT),
                    "port of the PostgreSQL server, 1 to 65535; of all if there are several"),
            option(NAME, Kind.TEXT, null, "the PostgreSQL database; without one, that of the user's name"),
            option(USER, Kind.TEXT, null, "the PostgreSQL role that the service logs in as"),
            option(PASSWORD, Kind.SECRET, null, "that role's password; read anew for each connection"),
            option(
                    SCHEMA,
                    Kind.TEXT,
                    DEFAULT_SCHEMA,
                    "PostgreSQL's search_path: schemas separated by commas, in double quotes where they are not plain"),
            new BackendOption(
                    SSL_MODE,
                    Kind.CHOICE,
                    UrlParameter.SSL_MODES,
                    DEFAULT_SSL_MODE,
                    "how connections to PostgreSQL are encrypted and its server is verified; require with a root"
                            + " certificate verifies like verify-ca"),
            option(
                    SSL_ROOT_CERT,
                    Kind.TEXT,
                    null,
                    "file of the certificates that vouch for the PostgreSQL server; ~/.postgresql/root.crt if not set"),
            option(
                    SSL_CERT,
                    Kind.TEXT,
                    null,
                    "file of the certificate that PostgreSQL's client shows; ~/.postgresql/postgresql.crt if not set"),
            option(
                    SSL_KEY,
                    Kind.TEXT,
                    null,
                    "file of that certificate's key, PKCS #8 (.pk8, .pem) or PKCS #12 (.p12);"
                            + " ~/.postgresql/postgresql.pk8 if not set"),
            option(MIGRATION_USER, Kind.TEXT, null, "the PostgreSQL role that migrates; the service's if not set"),
            option(
                    MIGRATION_PASSWORD,
                    Kind.SECRET,
                    null,
                    "that role's password; read anew for each connection; not the service's if not set"),
            option(
                    IDLE_IN_TRANSACTION_TIMEOUT,
                    Kind.DURATION,
                    DEFAULT_IDLE_IN_TRANSACTION_TIMEOUT.toSeconds() + "s",
                    "how long PostgreSQL waits for the next statement of a transaction before it rolls it back and ends"
                            + " the connection, from 1 ms to "
                            + PoolSettings.LONGEST.toDays() + " days; 0 for ever"),
            option(
                    CLIENT_CHECK_INTERVAL,
                    Kind.DURATION,
                    DEFAULT_CLIENT_CHECK_INTERVAL.toSeconds() + "s",
                    "how often PostgreSQL looks, while a statement runs, whether its client is gone, from 1 ms to "
                            + PoolSettings.LONGEST.toDays() + " days; 0 for never; no effect where the server cannot"));

    private PostgresOptions() {}

    private static BackendOption option(String key, Kind kind, @Nullable String fallback, String description) {
        return new BackendOption(key, kind, fallback, description);
    }

    /**
     * The URL of a database in parts, without its password. A part that cannot be in a URL is left out: it is a fault of
     * its own.
     */
    static Optional<DatabaseUrl> url(Map<String, String> options) {
        if (!options.containsKey(HOST) && !options.containsKey(NAME)) {
            return Optional.empty();
        }
        String user = options.getOrDefault(USER, "");
        return Optional.of(new DatabaseUrl(PostgresUrl.LIBPQ
                + (user.isBlank() ? "" : PercentEncoding.encode(user) + "@")
                + authority(options)
                + "/"
                + PercentEncoding.encode(options.getOrDefault(NAME, ""))));
    }

    private static String authority(Map<String, String> options) {
        String port = port(options.get(PORT));
        try {
            return Servers.named(options.getOrDefault(HOST, "")).hosts().stream()
                    .map(host -> (host.name() == null ? "" : host.bracketedName()) + port)
                    .collect(Collectors.joining(","));
        } catch (IllegalArgumentException e) {
            return port;
        }
    }

    private static String port(@Nullable String given) {
        try {
            return given == null ? "" : ":" + Servers.port(given);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}

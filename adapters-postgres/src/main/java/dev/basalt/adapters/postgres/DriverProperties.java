package dev.basalt.adapters.postgres;

import dev.basalt.domain.settings.PoolSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * What the driver is given to open a connection: what the URL says, and for what it leaves out, the pool's settings. Names
 * and passwords are handed over as they are and never pasted into a URL. Thread-safe.
 */
final class DriverProperties {

    /** What the socket waits beyond a statement's own time-out, in seconds: it is for servers that do not even cancel. */
    static final int SOCKET_MARGIN_SECONDS = 5;

    private static final String NO_PLACE = "jdbc:postgresql://";

    private final PostgresUrl url;
    private final PoolSettings limits;

    /** Checks the URL's parameters; an {@link IllegalArgumentException} says which one is at fault. */
    DriverProperties(PostgresUrl url, PoolSettings limits) {
        this.url = url;
        this.limits = limits;
        common();
    }

    /** For connections whose statements are bounded, by the server and by the socket. */
    Properties bounded() {
        Properties properties = common();
        addOption(properties, "statement_timeout=" + limits.queryTimeout().toMillis());
        // Whatever the server's or the role's own default is, a transaction is as isolated as it asks to be.
        addOption(properties, "default_transaction_isolation=read\\ committed");
        PGProperty.SOCKET_TIMEOUT.set(
                properties, wholeSeconds(limits.queryTimeout().plusSeconds(SOCKET_MARGIN_SECONDS)));
        return properties;
    }

    /** For connections whose statements may take as long as they like. */
    Properties unbounded() {
        Properties properties = common();
        addOption(properties, "statement_timeout=0");
        return properties;
    }

    /** As start-up options they are what RESET returns to. */
    private static void addOption(Properties properties, String setting) {
        String options = PGProperty.OPTIONS.getOrDefault(properties);
        PGProperty.OPTIONS.set(properties, (options == null ? "" : options + " ") + "-c " + setting);
    }

    /** Opens a connection. */
    static Connection connect(Properties properties) throws SQLException {
        Connection connection = new Driver().connect(NO_PLACE, properties);
        if (connection == null) {
            throw new SQLException("the driver does not take its own URL", "08001");
        }
        return connection;
    }

    private Properties common() {
        var properties = new Properties();
        url.parameters().forEach((name, value) -> {
            UrlParameter parameter = UrlParameter.named(name);
            put(properties, parameter.property(), parameter.translated(value));
        });
        put(properties, PGProperty.USER, url.user());
        put(properties, PGProperty.PASSWORD, url.password());
        put(properties, PGProperty.PG_DBNAME, url.database());
        if (!url.hosts().isEmpty()) {
            put(properties, PGProperty.PG_HOST, joined(host -> bracketed(host.name())));
            put(properties, PGProperty.PG_PORT, joined(host -> Integer.toString(host.port())));
        }
        putIfAbsent(properties, PGProperty.APPLICATION_NAME, "basalt");
        putTimeouts(properties);
        putStatements(properties);
        // The driver would put the DETAIL, which holds data, into its exception's message.
        put(properties, PGProperty.LOG_SERVER_ERROR_DETAIL, "false");
        return properties;
    }

    private void putTimeouts(Properties properties) {
        putIfAbsent(properties, PGProperty.CONNECT_TIMEOUT, wholeSeconds(limits.connectTimeout()));
        // The time-out to connect ends with the socket's connect; this one bounds the authentication as well.
        int seconds = Integer.parseInt(properties.getProperty(PGProperty.CONNECT_TIMEOUT.getName()));
        put(
                properties,
                PGProperty.LOGIN_TIMEOUT,
                Integer.toString(seconds * Math.max(1, url.hosts().size())));
        putIfAbsent(properties, PGProperty.CANCEL_SIGNAL_TIMEOUT, "2");
        putIfAbsent(properties, PGProperty.TCP_KEEP_ALIVE, "true");
        putIfAbsent(properties, PGProperty.HOST_RECHECK_SECONDS, "2");
    }

    private void putStatements(Properties properties) {
        put(properties, PGProperty.PREPARED_STATEMENT_CACHE_QUERIES, Integer.toString(limits.statementCacheSize()));
        // Prepared on the server from the first execution on; without a cache that would be one round trip for nothing.
        putIfAbsent(properties, PGProperty.PREPARE_THRESHOLD, limits.statementCacheSize() == 0 ? "0" : "1");
        putIfAbsent(properties, PGProperty.REWRITE_BATCHED_INSERTS, "true");
    }

    private String joined(Function<PostgresUrl.Host, String> part) {
        return url.hosts().stream().map(part).collect(Collectors.joining(","));
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }

    private static String wholeSeconds(Duration time) {
        return Long.toString(Math.min(time.plusNanos(999_999_999).toSeconds(), Integer.MAX_VALUE / 1000));
    }

    /** Two parameters may stand for one property: then both must say the same. */
    private static void put(Properties properties, PGProperty property, @Nullable String value) {
        if (value == null) {
            return;
        }
        Object before = properties.setProperty(property.getName(), value);
        if (before != null && !before.equals(value)) {
            throw new IllegalArgumentException(
                    "two parameters give different values for the driver's " + property.getName());
        }
    }

    private static void putIfAbsent(Properties properties, PGProperty property, String value) {
        properties.putIfAbsent(property.getName(), value);
    }
}

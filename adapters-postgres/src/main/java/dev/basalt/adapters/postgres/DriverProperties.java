package dev.basalt.adapters.postgres;

import dev.basalt.adapters.postgres.Servers.Host;
import dev.basalt.domain.settings.HealthSettings;
import dev.basalt.domain.settings.PoolSettings;
import java.time.Duration;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.postgresql.PGProperty;

/**
 * What the driver is given to open a connection, but for who logs in: what URL and options say, and for what they leave
 * out, the pool's settings. Names are handed over as they are and never pasted into a URL. Thread-safe.
 */
final class DriverProperties {

    /** What the socket waits beyond a statement's own time-out, in seconds: it is for servers that do not even cancel. */
    static final int SOCKET_MARGIN_SECONDS = 5;

    /** How long the heartbeat waits for a host to take a connection. */
    private static final int HEARTBEAT_CONNECT_SECONDS = 1;

    /** How long the heartbeat waits for a host to let it in; meanwhile it tries again, so an attempt may take its time. */
    private static final int HEARTBEAT_LOGIN_SECONDS = 4;

    /**
     * How long the driver trusts what it has found out about a host: that it is down, a replica, the primary. The heartbeat
     * trusts nothing of it, and keeps it up to date where a host fails; so nobody else waits for one that is gone.
     */
    private static final int HOST_RECHECK_SECONDS = 10;

    private final PostgresSettings postgres;
    private final PoolSettings limits;

    DriverProperties(PostgresSettings postgres, PoolSettings limits) {
        this.postgres = postgres;
        this.limits = limits;
    }

    /** For connections that read: where there are several servers and nothing else was said, rather from a replica. */
    Properties reading() {
        Properties properties = bounded();
        if (postgres.separatesReads()) {
            PGProperty.TARGET_SERVER_TYPE.set(properties, "preferSecondary");
            putIfAbsent(properties, PGProperty.LOAD_BALANCE_HOSTS, "true");
        }
        return properties;
    }

    /** For connections whose statements are bounded, by the server and by the socket. */
    Properties bounded() {
        Properties properties = common();
        addOption(properties, "statement_timeout=" + limits.queryTimeout().toMillis());
        addOption(
                properties,
                "idle_in_transaction_session_timeout="
                        + postgres.idleInTransactionTimeout().toMillis());
        // Sends that the client does not acknowledge; while it writes, the server heeds no other time-out.
        addOption(
                properties,
                "tcp_user_timeout="
                        + limits.queryTimeout()
                                .plusSeconds(SOCKET_MARGIN_SECONDS)
                                .toMillis());
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
        addOption(properties, "idle_in_transaction_session_timeout=0");
        return properties;
    }

    /**
     * For the heartbeat's connection: an attempt to open it is short, so that one which began before the server came back is
     * soon over, and nothing on it lasts much longer than the heartbeat may. The server knows it by a name of its own.
     */
    Properties heartbeat(HealthSettings health) {
        Properties properties = bounded();
        PGProperty.APPLICATION_NAME.set(
                properties, PGProperty.APPLICATION_NAME.getOrDefault(properties) + "-heartbeat");
        // It finds out what each server is now; what it finds the driver remembers for all connections.
        PGProperty.HOST_RECHECK_SECONDS.set(properties, 0);
        int connect = Integer.parseInt(properties.getProperty(PGProperty.CONNECT_TIMEOUT.getName()));
        int login = Integer.parseInt(properties.getProperty(PGProperty.LOGIN_TIMEOUT.getName()));
        int hosts = postgres.servers().hosts().size();
        PGProperty.CONNECT_TIMEOUT.set(properties, shorter(connect, HEARTBEAT_CONNECT_SECONDS));
        PGProperty.LOGIN_TIMEOUT.set(properties, shorter(login, HEARTBEAT_LOGIN_SECONDS * hosts));
        PGProperty.SSL_RESPONSE_TIMEOUT.set(properties, HEARTBEAT_LOGIN_SECONDS * 1000);
        PGProperty.GSS_RESPONSE_TIMEOUT.set(properties, HEARTBEAT_LOGIN_SECONDS * 1000);
        PGProperty.SOCKET_TIMEOUT.set(
                properties, wholeSeconds(health.pingTimeout().plusSeconds(1)));
        return properties;
    }

    /** The same for one of several servers, whether it takes writes or not. */
    Properties heartbeat(HealthSettings health, Host host) {
        Properties properties = heartbeat(health);
        PGProperty.PG_HOST.set(properties, host.bracketedName());
        PGProperty.PG_PORT.set(properties, host.portOrDefault());
        PGProperty.TARGET_SERVER_TYPE.set(properties, "any");
        PGProperty.LOGIN_TIMEOUT.set(properties, HEARTBEAT_LOGIN_SECONDS);
        return properties;
    }

    /** For the driver, 0 is for ever. */
    private static int shorter(int seconds, int most) {
        return seconds == 0 ? most : Math.min(seconds, most);
    }

    /** As start-up options they are what RESET returns to. */
    private static void addOption(Properties properties, String setting) {
        String options = PGProperty.OPTIONS.getOrDefault(properties);
        PGProperty.OPTIONS.set(properties, (options == null ? "" : options + " ") + "-c " + setting);
    }

    private Properties common() {
        var properties = new Properties();
        postgres.parameters().forEach((property, value) -> property.set(properties, value));
        PGProperty.PG_DBNAME.set(properties, postgres.database());
        PGProperty.PG_HOST.set(properties, joined(Host::bracketedName));
        PGProperty.PG_PORT.set(properties, joined(host -> Integer.toString(host.portOrDefault())));
        putIfAbsent(properties, PGProperty.APPLICATION_NAME, "basalt");
        putTimeouts(properties);
        putStatements(properties);
        if (postgres.separatesReads()) {
            PGProperty.TARGET_SERVER_TYPE.set(properties, "preferPrimary");
        }
        // The driver would put the DETAIL, which holds data, into its exception's message.
        PGProperty.LOG_SERVER_ERROR_DETAIL.set(properties, "false");
        return properties;
    }

    private void putTimeouts(Properties properties) {
        putIfAbsent(properties, PGProperty.CONNECT_TIMEOUT, wholeSeconds(limits.connectTimeout()));
        // The time-out to connect ends with the socket's connect; this one bounds the authentication as well.
        int seconds = Integer.parseInt(properties.getProperty(PGProperty.CONNECT_TIMEOUT.getName()));
        PGProperty.LOGIN_TIMEOUT.set(
                properties, seconds * postgres.servers().hosts().size());
        putIfAbsent(properties, PGProperty.CANCEL_SIGNAL_TIMEOUT, "2");
        putIfAbsent(properties, PGProperty.TCP_KEEP_ALIVE, "true");
        putIfAbsent(properties, PGProperty.HOST_RECHECK_SECONDS, Integer.toString(HOST_RECHECK_SECONDS));
    }

    private void putStatements(Properties properties) {
        PGProperty.PREPARED_STATEMENT_CACHE_QUERIES.set(properties, limits.statementCacheSize());
        // Prepared on the server from the first execution on; without a cache that would be one round trip for nothing.
        putIfAbsent(properties, PGProperty.PREPARE_THRESHOLD, limits.statementCacheSize() == 0 ? "0" : "1");
        putIfAbsent(properties, PGProperty.REWRITE_BATCHED_INSERTS, "true");
    }

    private String joined(Function<Host, String> part) {
        return postgres.servers().hosts().stream().map(part).collect(Collectors.joining(","));
    }

    private static String wholeSeconds(Duration time) {
        return Long.toString(Math.min(time.plusNanos(999_999_999).toSeconds(), Integer.MAX_VALUE / 1000));
    }

    private static void putIfAbsent(Properties properties, PGProperty property, String value) {
        properties.putIfAbsent(property.getName(), value);
    }
}

package dev.basalt.app.settings.catalogue;

import static dev.basalt.app.settings.catalogue.Kind.CHOICE;
import static dev.basalt.app.settings.catalogue.Kind.FLAG;
import static dev.basalt.app.settings.catalogue.Kind.LIST;
import static dev.basalt.app.settings.catalogue.Kind.MILLISECONDS;
import static dev.basalt.app.settings.catalogue.Kind.NUMBER;
import static dev.basalt.app.settings.catalogue.Kind.SECONDS;
import static dev.basalt.app.settings.catalogue.Kind.SECRET;
import static dev.basalt.app.settings.catalogue.Kind.TEXT;
import static dev.basalt.app.settings.catalogue.Kind.URL;
import static dev.basalt.app.settings.catalogue.Setting.ofPool;

import dev.basalt.ports.BackendProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All settings. Those of a pool bear the names that the primary pool's have. */
public final class Catalogue {

    /** The figures that can be chosen together. */
    public static final List<String> PROFILES = List.of("dev", "test", "prod");

    public static final Setting DATABASE_URL = new Setting(
            "url",
            "database.url",
            "DATABASE_URL",
            List.of(),
            URL,
            List.of(),
            "sqlite:basalt.db",
            "where the primary database is; the URL decides the backend");
    public static final Setting MAX_CONNECTIONS = ofPool(
            "max-connections",
            NUMBER,
            "10",
            "the most connections, at least 1; on SQLite the readers, its one writer comes on top and is not counted in"
                    + " `max_connections` of `/api/v1/pools`",
            "MAX_DB_CONNECTIONS");
    public static final Setting MIN_CONNECTIONS = ofPool(
            "min-connections",
            NUMBER,
            "1",
            "connections kept open though idle, from 0 to the maximum",
            "MIN_DB_CONNECTIONS",
            "DB_MAX_IDLE_CONNECTIONS");
    public static final Setting ACQUIRE_TIMEOUT = ofPool(
            "acquire-timeout",
            SECONDS,
            "10s",
            "the longest a caller waits for a connection; then 503 `pool_exhausted`");
    public static final Setting IDLE_TIMEOUT = ofPool(
            "idle-timeout",
            SECONDS,
            "10m",
            "how long a connection above the minimum stays open unused: 0 for ever, else at least 10 s and more than 1 s"
                    + " shorter than the lifetime",
            "DB_CONNECTION_MAX_IDLE_TIME");
    public static final Setting MAX_LIFETIME = ofPool(
            "max-lifetime",
            SECONDS,
            "30m",
            "how old a connection becomes: 0 for ever, else at least 30 s",
            "DB_CONNECTION_MAX_LIFETIME");
    public static final Setting CONNECT_TIMEOUT =
            ofPool("connect-timeout", SECONDS, "5s", "the longest that opening a connection takes, in whole seconds");
    public static final Setting QUERY_TIMEOUT = ofPool(
            "query-timeout",
            SECONDS,
            "30s",
            "the longest one statement runs; then it is cancelled, and the answer is 504 `query_timeout`");
    public static final Setting STATEMENT_CACHE_SIZE = ofPool(
            "statement-cache-size", NUMBER, "100", "prepared statements kept for each connection; PostgreSQL only");
    public static final Setting VALIDATE_ON_ACQUIRE =
            ofPool("validate-on-acquire", FLAG, "false", "checks a connection each time that it is lent out");
    public static final Setting LOG_QUERIES =
            ofPool("log-queries", FLAG, "false", "logs every statement, without its parameters");
    public static final Setting SLOW_QUERY_THRESHOLD = ofPool(
            "slow-query-threshold",
            MILLISECONDS,
            "1000",
            "slower statements are logged as warnings, without their parameters; at least 1 ms");
    public static final Setting PROBE_INTERVAL = ofPool(
            "probe-interval",
            SECONDS,
            "250ms",
            "from one heartbeat to the next while the database is down or suspect, 10 ms to 1 min; three times as long while"
                    + " it is well");
    public static final Setting PING_TIMEOUT = ofPool(
            "ping-timeout",
            SECONDS,
            "5s",
            "the longest that a probe takes, and how late a heartbeat may be before the database counts as down; 10 ms to"
                    + " 1 min");
    public static final Setting RETRY_ATTEMPTS = ofPool(
            "retry-attempts",
            NUMBER,
            "3",
            "the most attempts at a transaction whose failure may pass, the first one counted, 1 to 10; not at finding out"
                    + " an unknown outcome");
    public static final Setting RETRY_BASE_DELAY = ofPool(
            "retry-base-delay",
            SECONDS,
            "100ms",
            "the longest wait before the second attempt, which doubles with each further one; the wait is a random part of"
                    + " it; 0 to 1 min");
    public static final Setting RETRY_MAX_DELAY = ofPool(
            "retry-max-delay",
            SECONDS,
            "2s",
            "the longest wait before any attempt, from the base delay to 1 min; where it is not set, a longer base delay"
                    + " takes its place");
    public static final Setting RETRY_DEADLINE = ofPool(
            "retry-deadline", SECONDS, "10s", "no attempt begins later than this after the first one, up to 10 min");
    public static final Setting RETRY_BUDGET = ofPool(
            "retry-budget",
            NUMBER,
            "10",
            "the most retries, in percent of all transactions, 0 to 100; 0 for none but those that find out an unknown outcome");
    public static final Setting BREAKER_FAILURES = ofPool(
            "breaker-failures",
            NUMBER,
            "5",
            "so many attempts in a row that lose their connection open the circuit breaker although the heartbeat is"
                    + " well, 1 to 1000");
    public static final Setting BREAKER_DELAY = ofPool(
            "breaker-delay",
            SECONDS,
            "1s",
            "how long it then stays open before one is let through again, 1 ms to 1 min");

    /** What every pool has, apart from what its backend alone knows. */
    public static final List<Setting> POOL = List.of(
            DATABASE_URL,
            MAX_CONNECTIONS,
            MIN_CONNECTIONS,
            ACQUIRE_TIMEOUT,
            IDLE_TIMEOUT,
            MAX_LIFETIME,
            CONNECT_TIMEOUT,
            QUERY_TIMEOUT,
            STATEMENT_CACHE_SIZE,
            VALIDATE_ON_ACQUIRE,
            LOG_QUERIES,
            SLOW_QUERY_THRESHOLD,
            PROBE_INTERVAL,
            PING_TIMEOUT,
            RETRY_ATTEMPTS,
            RETRY_BASE_DELAY,
            RETRY_MAX_DELAY,
            RETRY_DEADLINE,
            RETRY_BUDGET,
            BREAKER_FAILURES,
            BREAKER_DELAY);

    public static final Setting CRITICAL =
            ofPool("critical", FLAG, "true", "whether the service counts as down without it");
    public static final Setting MIGRATE = ofPool("migrate", FLAG, "false", "whether its schema is migrated");

    /** What only named pools have: the primary one is critical and migrated. */
    public static final List<Setting> NAMED_POOL = List.of(CRITICAL, MIGRATE);

    public static final Setting PROFILE = new Setting(
            "environments",
            "micronaut.environments",
            "MICRONAUT_ENVIRONMENTS",
            List.of(),
            CHOICE,
            PROFILES,
            null,
            "the profile: other defaults for one kind of use; not in a configuration file");
    public static final Setting HEALTH_CHECK_INTERVAL = ofPool(
            "health-check-interval",
            SECONDS,
            "30s",
            "from one full probe of each database to the next, 10 ms to 1 day");
    public static final Setting POOL_MONITOR_INTERVAL = ofPool(
            "pool-monitor-interval",
            SECONDS,
            "60s",
            "from one log line with a pool's figures to the next, 10 ms to 1 day");
    public static final Setting MIGRATE_ON_START =
            ofPool("migrate-on-start", FLAG, "true", "migrates once the database is reachable");
    public static final Setting REVERT_ALLOWED =
            ofPool("revert-allowed", FLAG, "true", "whether a migration may be undone");
    public static final Setting DRAIN_TIMEOUT = ofPool(
            "drain-timeout",
            SECONDS,
            "30s",
            "how long a stop waits for requests and transactions that are under way, up to 10 min");
    public static final Setting USERS_FILE = global(
            "access.users-file", TEXT, null, "a file with the users, their roles and the hashes of their passwords");
    public static final Setting JWT_SECRET =
            global("access.jwt-secret", SECRET, null, "what bearer tokens are signed with (HS256)");
    public static final Setting JWT_ISSUER = global(
            "access.jwt-issuer", TEXT, null, "who must have issued a token; anybody who has the secret unless set");
    public static final Setting JWT_AUDIENCE =
            global("access.jwt-audience", TEXT, null, "for whom a token must have been issued; anybody unless set");
    public static final Setting ALLOWED_HOSTS = global(
            "access.allowed-hosts",
            LIST,
            null,
            "the names that the service may be called by in the `Host` header, separated by commas; the loopback names"
                    + " where it listens on loopback only, any name elsewhere unless set");
    public static final Setting PAGE_SIZE =
            global("http.page-size", NUMBER, "50", "items to a page where a caller does not say, 1 to 1000");
    public static final Setting SERVER_HOST =
            global("micronaut.server.host", TEXT, "127.0.0.1", "the address that HTTP is served on");
    public static final Setting SERVER_PORT =
            global("micronaut.server.port", NUMBER, "8080", "its port, 0 to 65535; 0 or -1 for any free one");

    /** What there is once, however many pools. */
    public static final List<Setting> GLOBAL = List.of(
            PROFILE,
            SERVER_HOST,
            SERVER_PORT,
            PAGE_SIZE,
            DRAIN_TIMEOUT,
            HEALTH_CHECK_INTERVAL,
            POOL_MONITOR_INTERVAL,
            MIGRATE_ON_START,
            REVERT_ALLOWED,
            USERS_FILE,
            JWT_SECRET,
            JWT_ISSUER,
            JWT_AUDIENCE,
            ALLOWED_HOSTS);

    private Catalogue() {}

    /** What a pool has on this backend alone. */
    public static List<Setting> of(BackendProvider provider) {
        return provider.options().stream().map(Setting::of).toList();
    }

    private static Setting global(String property, Kind kind, @Nullable String fallback, String description) {
        return new Setting(
                property.substring(property.indexOf('.') + 1),
                property,
                Setting.variable(property),
                List.of(),
                kind,
                List.of(),
                fallback,
                description);
    }
}

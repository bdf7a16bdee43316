package dev.basalt.app.backends;

import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.PoolSettings;
import io.micronaut.core.value.PropertyResolver;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads which databases there are: the primary one, {@value #DEFAULT_URL} unless set, and the named ones.
 *
 * <p>Everything is read and checked before anything is opened, and all faults are reported at once.
 */
final class SettingsReader {

    static final String DEFAULT_URL = "sqlite:basalt.db";

    private static final String URL = "url";
    private static final String MAX_CONNECTIONS = "max-connections";
    private static final String MIN_CONNECTIONS = "min-connections";
    private static final String ACQUIRE_TIMEOUT = "acquire-timeout";
    private static final String IDLE_TIMEOUT = "idle-timeout";
    private static final String MAX_LIFETIME = "max-lifetime";
    private static final String CONNECT_TIMEOUT = "connect-timeout";
    private static final String QUERY_TIMEOUT = "query-timeout";
    private static final String STATEMENT_CACHE_SIZE = "statement-cache-size";
    private static final String VALIDATE_ON_ACQUIRE = "validate-on-acquire";
    private static final String LOG_QUERIES = "log-queries";
    private static final String SLOW_QUERY_THRESHOLD = "slow-query-threshold";

    private static final List<String> KEYS = List.of(
            URL,
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
            SLOW_QUERY_THRESHOLD);

    private static final PoolSettings DEFAULTS = PoolSettings.DEFAULTS;

    private final PropertyResolver properties;
    private final Providers providers;
    private final List<String> faults = new ArrayList<>();

    private SettingsReader(PropertyResolver properties, Providers providers) {
        this.properties = properties;
        this.providers = providers;
    }

    /**
     * Reads the pools, the primary one first.
     *
     * @throws ConfigurationInvalid with all faults, if there is one
     */
    static List<PoolConfiguration> read(PropertyResolver properties, Providers providers) {
        var reader = new SettingsReader(properties, providers);
        var pools = new ArrayList<PoolConfiguration>();
        reader.pool(DatabaseSettings.PRIMARY).ifPresent(pools::add);
        for (String name : reader.names()) {
            if (name.equals(DatabaseSettings.PRIMARY)) {
                reader.faults.add("database.pools.primary: the primary pool is what database.url opens");
            } else {
                reader.pool(name).ifPresent(pools::add);
            }
        }
        Faults.throwIfAny(reader.faults);
        return pools;
    }

    /** The names that carry one of the keys; an environment variable alone does not tell where a name ends. */
    private SortedSet<String> names() {
        var names = new TreeSet<String>();
        for (String key : KEYS) {
            properties.getPropertyPathMatches("database.pools.*." + key).forEach(match -> names.add(match.getFirst()));
        }
        return names;
    }

    private Optional<PoolConfiguration> pool(String name) {
        var pool = new PoolProperties(properties, name, faults);
        DatabaseUrl url = url(pool, name);
        PoolSettings limits = limits(pool);
        StatementLogging statements = statementLogging(pool);
        if (!pool.faultless()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PoolConfiguration(new DatabaseSettings(name, url, limits), statements));
        } catch (IllegalArgumentException e) {
            faults.add("database.pools: " + e.getMessage());
            return Optional.empty();
        }
    }

    private DatabaseUrl url(PoolProperties pool, String name) {
        var fallback = new DatabaseUrl(DEFAULT_URL);
        Optional<String> value = pool.text(URL);
        if (value.isEmpty() && !name.equals(DatabaseSettings.PRIMARY)) {
            pool.fault(URL, "is missing: a named pool has no default");
            return fallback;
        }
        var url = fallback;
        try {
            url = value.map(DatabaseUrl::new).orElse(fallback);
            providers.opening(url);
        } catch (IllegalArgumentException | ConfigurationInvalid e) {
            pool.fault(URL, String.valueOf(e.getMessage()));
        }
        return url;
    }

    private PoolSettings limits(PoolProperties pool) {
        int max = pool.number(MAX_CONNECTIONS, DEFAULTS.maxConnections());
        int min = pool.number(MIN_CONNECTIONS, Math.min(DEFAULTS.minConnections(), Math.max(max, 0)));
        Duration acquire = pool.duration(ACQUIRE_TIMEOUT, DEFAULTS.acquireTimeout(), ChronoUnit.SECONDS);
        Duration idle = pool.duration(IDLE_TIMEOUT, DEFAULTS.idleTimeout(), ChronoUnit.SECONDS);
        Duration lifetime = pool.duration(MAX_LIFETIME, DEFAULTS.maxLifetime(), ChronoUnit.SECONDS);
        Duration connect = pool.duration(CONNECT_TIMEOUT, DEFAULTS.connectTimeout(), ChronoUnit.SECONDS);
        Duration query = pool.duration(QUERY_TIMEOUT, DEFAULTS.queryTimeout(), ChronoUnit.SECONDS);
        int cache = pool.number(STATEMENT_CACHE_SIZE, DEFAULTS.statementCacheSize());
        boolean validate = pool.flag(VALIDATE_ON_ACQUIRE, DEFAULTS.validateOnAcquire());

        // The settings reject the first fault they meet: each value is tried beside harmless ones to find them all,
        // and those that limit each other together.
        pool.check(MAX_CONNECTIONS, () -> DEFAULTS.withConnections(max, 0));
        pool.check(MIN_CONNECTIONS, () -> DEFAULTS.withConnections(Math.max(max, 1), min));
        pool.check(ACQUIRE_TIMEOUT, () -> times(acquire, Duration.ZERO, Duration.ZERO));
        pool.check(MAX_LIFETIME, () -> times(DEFAULTS.acquireTimeout(), Duration.ZERO, lifetime));
        pool.check(
                IDLE_TIMEOUT,
                () -> times(
                        DEFAULTS.acquireTimeout(),
                        idle,
                        lifetime.compareTo(Duration.ofSeconds(30)) < 0 ? Duration.ZERO : lifetime));
        pool.check(CONNECT_TIMEOUT, () -> statements(connect, DEFAULTS.queryTimeout(), 0));
        pool.check(QUERY_TIMEOUT, () -> statements(DEFAULTS.connectTimeout(), query, 0));
        pool.check(STATEMENT_CACHE_SIZE, () -> statements(DEFAULTS.connectTimeout(), DEFAULTS.queryTimeout(), cache));
        return pool.faultless()
                ? new PoolSettings(max, min, acquire, idle, lifetime, connect, query, cache, validate)
                : DEFAULTS;
    }

    private static PoolSettings times(Duration acquire, Duration idle, Duration lifetime) {
        return new PoolSettings(
                1, 0, acquire, idle, lifetime, DEFAULTS.connectTimeout(), DEFAULTS.queryTimeout(), 0, false);
    }

    private static PoolSettings statements(Duration connect, Duration query, int cache) {
        return new PoolSettings(
                1, 0, DEFAULTS.acquireTimeout(), Duration.ZERO, Duration.ZERO, connect, query, cache, false);
    }

    private static StatementLogging statementLogging(PoolProperties pool) {
        var defaults = StatementLogging.DEFAULTS;
        boolean all = pool.flag(LOG_QUERIES, defaults.all());
        Duration slow = pool.duration(SLOW_QUERY_THRESHOLD, defaults.slowThreshold(), ChronoUnit.MILLIS);
        pool.check(SLOW_QUERY_THRESHOLD, () -> new StatementLogging(all, slow));
        return pool.faultless() ? new StatementLogging(all, slow) : defaults;
    }
}

package dev.basalt.adapters.postgres;

import static dev.basalt.adapters.postgres.PostgresOptions.CLIENT_CHECK_INTERVAL;
import static dev.basalt.adapters.postgres.PostgresOptions.DEFAULT_CLIENT_CHECK_INTERVAL;
import static dev.basalt.adapters.postgres.PostgresOptions.DEFAULT_IDLE_IN_TRANSACTION_TIMEOUT;
import static dev.basalt.adapters.postgres.PostgresOptions.DEFAULT_SCHEMA;
import static dev.basalt.adapters.postgres.PostgresOptions.DEFAULT_SSL_MODE;
import static dev.basalt.adapters.postgres.PostgresOptions.HOST;
import static dev.basalt.adapters.postgres.PostgresOptions.IDLE_IN_TRANSACTION_TIMEOUT;
import static dev.basalt.adapters.postgres.PostgresOptions.MIGRATION_PASSWORD;
import static dev.basalt.adapters.postgres.PostgresOptions.MIGRATION_USER;
import static dev.basalt.adapters.postgres.PostgresOptions.NAME;
import static dev.basalt.adapters.postgres.PostgresOptions.PASSWORD;
import static dev.basalt.adapters.postgres.PostgresOptions.PORT;
import static dev.basalt.adapters.postgres.PostgresOptions.SCHEMA;
import static dev.basalt.adapters.postgres.PostgresOptions.SSL_CERT;
import static dev.basalt.adapters.postgres.PostgresOptions.SSL_KEY;
import static dev.basalt.adapters.postgres.PostgresOptions.SSL_MODE;
import static dev.basalt.adapters.postgres.PostgresOptions.SSL_ROOT_CERT;
import static dev.basalt.adapters.postgres.PostgresOptions.USER;

import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.PoolSettings;
import dev.basalt.domain.settings.Secret;
import dev.basalt.domain.settings.SettingFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * Merges a URL and the options beside it. The options fill what the URL leaves out; where both say something, it has to be
 * the same. Goes on after a fault, so that one pass finds all.
 */
final class PostgresSettingsReader {

    /** The options that are parameters of a URL as well. */
    private static final Map<String, String> PARAMETERS = Map.of(
            SCHEMA, "search_path",
            SSL_MODE, "sslmode",
            SSL_ROOT_CERT, "sslrootcert",
            SSL_CERT, "sslcert",
            SSL_KEY, "sslkey");

    private final DatabaseSettings settings;
    private final List<SettingFault> faults = new ArrayList<>();

    PostgresSettingsReader(DatabaseSettings settings) {
        this.settings = settings;
    }

    List<SettingFault> faults() {
        return List.copyOf(faults);
    }

    /** What was read; not complete if there is a fault. */
    PostgresSettings read() {
        PostgresUrl url = PostgresUrl.read(settings.url(), message -> fault(SettingFault.URL, message));
        Map<PGProperty, String> parameters = parameters(url);
        Servers servers = with(PORT, with(HOST, url.servers()));
        var service = new Login(either(USER, url.user(), false), password(url));
        String database = either(NAME, url.database(), true);
        return new PostgresSettings(
                servers.orDefault(),
                database == null ? service.role() : database,
                service,
                migration(service),
                parameters,
                duration(IDLE_IN_TRANSACTION_TIMEOUT, DEFAULT_IDLE_IN_TRANSACTION_TIMEOUT),
                duration(CLIENT_CHECK_INTERVAL, DEFAULT_CLIENT_CHECK_INTERVAL));
    }

    private void fault(String key, String message) {
        faults.add(new SettingFault(key, message));
    }

    private void contradiction(String key, String values) {
        faults.add(new SettingFault(
                List.of(SettingFault.URL, key), "say different things%s: one of the two is enough".formatted(values)));
    }

    private @Nullable String option(String key) {
        String value = settings.options().get(key);
        if (value != null && value.isBlank()) {
            fault(key, "is empty: leave it out, or give it a value");
            return null;
        }
        return value;
    }

    private @Nullable String either(String key, @Nullable String inUrl, boolean shown) {
        String option = option(key);
        if (option != null && inUrl != null && !option.equals(inUrl)) {
            contradiction(key, shown ? " ('%s' and '%s')".formatted(inUrl, option) : "");
        }
        return inUrl == null ? option : inUrl;
    }

    /** What the URL says of the servers, and the option beside it. */
    private Servers with(String key, Servers servers) {
        String option = option(key);
        if (option == null) {
            return servers;
        }
        try {
            Servers said = key.equals(PORT) ? Servers.onPorts(option) : Servers.named(option);
            return servers.and(said).orElseGet(() -> {
                contradiction(key, " ('%s' and '%s')".formatted(servers, option));
                return servers;
            });
        } catch (IllegalArgumentException e) {
            String allowed = key.equals(PORT) ? "a number from 1 to 65535 is allowed" : e.getMessage();
            fault(key, "is '" + option + "': " + allowed);
            return servers;
        }
    }

    /** The option rather than the URL's, because it may change. */
    private @Nullable Secret password(PostgresUrl url) {
        Secret option = settings.secrets().get(PASSWORD);
        String inUrl = url.password();
        if (option != null && inUrl != null && !inUrl.equals(option.reveal())) {
            contradiction(PASSWORD, "");
        }
        return option != null || inUrl == null ? option : Secret.of(inUrl);
    }

    private Duration duration(String key, Duration fallback) {
        String given = option(key);
        Duration duration = given == null ? fallback : Duration.parse(given);
        if (!duration.isZero()
                && (duration.compareTo(Duration.ofMillis(1)) < 0 || duration.compareTo(PoolSettings.LONGEST) > 0)) {
            fault(key, "is %s: 0 or from PT0.001S to %s is allowed".formatted(duration, PoolSettings.LONGEST));
        }
        return duration;
    }

    private Login migration(Login service) {
        String migrationUser = option(MIGRATION_USER);
        Secret password = settings.secrets().get(MIGRATION_PASSWORD);
        if (migrationUser == null) {
            if (password != null && !settings.options().containsKey(MIGRATION_USER)) {
                fault(MIGRATION_PASSWORD, "is set without a migration-user, whose password it is");
            }
            return service;
        }
        return password == null && migrationUser.equals(service.role()) ? service : new Login(migrationUser, password);
    }

    private Map<PGProperty, String> parameters(PostgresUrl url) {
        var parameters = new EnumMap<PGProperty, String>(PGProperty.class);
        url.parameters().forEach((name, value) -> put(parameters, name, value));
        // What ssl=true says, as the driver has it; ssl=false says nothing.
        if ("true".equals(parameters.remove(PGProperty.SSL))) {
            parameters.putIfAbsent(PGProperty.SSL_MODE, "verify-full");
        }
        PARAMETERS.keySet().stream().sorted().forEach(key -> fill(parameters, key));
        parameters.putIfAbsent(PGProperty.SSL_MODE, DEFAULT_SSL_MODE);
        parameters.putIfAbsent(PGProperty.CURRENT_SCHEMA, DEFAULT_SCHEMA);
        var files = new TlsFiles(parameters, (property, message) -> {
            String key = key(property);
            fault(key, key.equals(SettingFault.URL) ? "parameter '" + property.getName() + "' " + message : message);
        });
        files.check();
        parameters.put(PGProperty.SSL_MODE, files.mode());
        return parameters;
    }

    /** Two parameters may stand for one property: then both must say the same. */
    private void put(Map<PGProperty, String> parameters, String name, String value) {
        UrlParameter parameter = UrlParameter.find(name).orElse(null);
        if (parameter == null) {
            fault(
                    SettingFault.URL,
                    "parameter '" + name + "' is not known; known are " + String.join(", ", UrlParameter.names()));
            return;
        }
        String translated = translated(parameter, value, SettingFault.URL, "parameter '" + name + "' ");
        String before = translated == null ? null : parameters.put(parameter.property(), translated);
        if (before != null && !before.equals(translated)) {
            fault(
                    SettingFault.URL,
                    "two parameters give different values for the driver's "
                            + parameter.property().getName());
        }
    }

    private void fill(Map<PGProperty, String> parameters, String key) {
        String option = option(key);
        if (option == null) {
            return;
        }
        UrlParameter parameter =
                UrlParameter.find(Objects.requireNonNull(PARAMETERS.get(key))).orElseThrow();
        String translated = translated(parameter, option, key, "");
        String inUrl = translated == null ? null : parameters.putIfAbsent(parameter.property(), translated);
        if (inUrl != null && !inUrl.equals(translated)) {
            contradiction(key, " ('%s' and '%s')".formatted(inUrl, option));
        }
    }

    private @Nullable String translated(UrlParameter parameter, String value, String key, String prefix) {
        try {
            return parameter.translated(value);
        } catch (IllegalArgumentException e) {
            fault(key, prefix + e.getMessage());
            return null;
        }
    }

    /** Where a property comes from: the option that stands for it, or else the URL. */
    private String key(PGProperty property) {
        return PARAMETERS.entrySet().stream()
                .filter(option ->
                        UrlParameter.find(option.getValue()).orElseThrow().property() == property)
                .map(Map.Entry::getKey)
                .filter(settings.options()::containsKey)
                .findFirst()
                .orElse(SettingFault.URL);
    }
}

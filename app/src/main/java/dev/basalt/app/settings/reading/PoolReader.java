package dev.basalt.app.settings.reading;

import dev.basalt.app.settings.PoolConfiguration;
import dev.basalt.app.settings.Providers;
import dev.basalt.app.settings.catalogue.Catalogue;
import dev.basalt.app.settings.catalogue.Setting;
import dev.basalt.app.settings.report.ReportedSetting;
import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.settings.DatabaseUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads one pool. */
final class PoolReader {

    private final Providers providers;
    private final String pool;
    private final boolean primary;
    private final List<String> faults;
    private final Values values;
    private final List<BackendOptions> backends;

    PoolReader(Resolver resolver, Providers providers, String pool, List<String> faults) {
        this.providers = providers;
        this.pool = pool;
        this.primary = pool.equals(DatabaseSettings.PRIMARY);
        this.faults = faults;
        this.values = new Values(
                resolver, settings(providers, !primary), setting -> primary ? setting : setting.inPool(pool), faults);
        this.backends = providers.all().stream()
                .map(provider -> new BackendOptions(provider, values))
                .toList();
    }

    /** All that can be set for a pool, by the primary pool's names. */
    static List<Setting> settings(Providers providers, boolean named) {
        return Stream.of(
                        Catalogue.POOL.stream(),
                        named ? Catalogue.NAMED_POOL.stream() : Stream.<Setting>empty(),
                        providers.all().stream().flatMap(provider -> Catalogue.of(provider).stream()))
                .flatMap(settings -> settings)
                .toList();
    }

    /** The pool; empty if it has a fault. */
    Optional<PoolConfiguration> read() {
        PoolLimits limits = PoolLimits.of(values);
        PoolResilience resilience = PoolResilience.of(values);
        Optional<DatabaseSettings> database = url().flatMap(url -> backend(url).flatMap(backend -> {
            report(backend);
            contradictions(backend);
            return named(url, limits).map(settings -> backend.complete(settings, faults));
        }));
        return database.filter(_ -> values.faultless())
                .map(settings -> new PoolConfiguration(
                        settings,
                        limits.statements(),
                        resilience.retry(),
                        resilience.breaker(),
                        primary || values.flag(Catalogue.CRITICAL),
                        primary || values.flag(Catalogue.MIGRATE)));
    }

    List<ReportedSetting> report() {
        return values.report();
    }

    private Optional<DatabaseSettings> named(DatabaseUrl url, PoolLimits limits) {
        try {
            return Optional.of(new DatabaseSettings(pool, url, limits.limits()).with(limits.health()));
        } catch (IllegalArgumentException e) {
            faults.add("database.pools: " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<DatabaseUrl> url() {
        if (values.byUser(Catalogue.DATABASE_URL)) {
            return values.text(Catalogue.DATABASE_URL).map(DatabaseUrl::new);
        }
        var described = new ArrayList<BackendOptions>();
        var urls = new ArrayList<DatabaseUrl>();
        for (BackendOptions backend : backends) {
            backend.url().ifPresent(url -> {
                described.add(backend);
                urls.add(url);
            });
        }
        return switch (urls.size()) {
            case 0 -> fallback();
            case 1 -> {
                values.adjust(
                        Catalogue.DATABASE_URL,
                        urls.getFirst().toString(),
                        "made of " + described.getFirst().describing());
                yield Optional.of(urls.getFirst());
            }
            default -> {
                faults.add("without %s, it is not clear which database is meant: there are settings for %s"
                        .formatted(
                                values.named(Catalogue.DATABASE_URL).property(),
                                described.stream()
                                        .map(backend -> backend.provider().product())
                                        .collect(Collectors.joining(" and "))));
                yield Optional.empty();
            }
        };
    }

    private Optional<DatabaseUrl> fallback() {
        Optional<DatabaseUrl> fallback = values.text(Catalogue.DATABASE_URL).map(DatabaseUrl::new);
        if (fallback.isEmpty()) {
            values.fault(Catalogue.DATABASE_URL, " is missing: a named pool has no default");
        }
        return fallback;
    }

    private Optional<BackendOptions> backend(DatabaseUrl url) {
        try {
            var provider = providers.opening(url);
            return backends.stream()
                    .filter(backend -> backend.provider().equals(provider))
                    .findFirst();
        } catch (ConfigurationInvalid e) {
            values.fault(Catalogue.DATABASE_URL, ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** What describes a database of another backend can only be meant instead of the URL. */
    private void contradictions(BackendOptions opening) {
        for (BackendOptions other : backends) {
            if (other != opening && other.url().isPresent()) {
                values.fault(
                        Catalogue.DATABASE_URL,
                        " and %s contradict each other: the one names a %s database, the other a %s database"
                                .formatted(
                                        other.describing(),
                                        opening.provider().product(),
                                        other.provider().product()));
            }
        }
    }

    private void report(BackendOptions opening) {
        for (BackendOptions other : backends) {
            other.settings().stream()
                    .filter(setting -> !opening.has(setting.key()))
                    .forEach(values::unused);
        }
    }
}

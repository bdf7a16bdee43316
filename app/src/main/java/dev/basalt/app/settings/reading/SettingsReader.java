package dev.basalt.app.settings.reading;

import dev.basalt.app.settings.Faults;
import dev.basalt.app.settings.PoolConfiguration;
import dev.basalt.app.settings.Providers;
import dev.basalt.app.settings.Settings;
import dev.basalt.app.settings.catalogue.Catalogue;
import dev.basalt.app.settings.catalogue.Kind;
import dev.basalt.app.settings.catalogue.Setting;
import dev.basalt.app.settings.report.ConfigurationReport;
import dev.basalt.app.settings.report.ReportedSetting;
import dev.basalt.app.settings.source.PoolNames;
import dev.basalt.app.settings.source.Sources;
import dev.basalt.app.settings.source.UnknownNames;
import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import dev.basalt.domain.settings.DatabaseSettings;
import io.micronaut.context.env.Environment;
import io.micronaut.core.value.PropertyResolver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Reads all settings. Everything is read and checked before anything is opened, and all faults are reported at once. */
public final class SettingsReader {

    private final Sources sources;
    private final Providers providers;
    private final List<String> faults = new ArrayList<>();
    private final List<ReportedSetting> report = new ArrayList<>();
    private final List<PoolConfiguration> pools = new ArrayList<>();

    private SettingsReader(Sources sources, Providers providers) {
        this.sources = sources;
        this.providers = providers;
    }

    /**
     * Reads them.
     *
     * @param environment where they are given; started
     * @param providers the installed backends, which say what can be set for each
     * @throws ConfigurationInvalid with all faults, if there is one
     */
    public static EffectiveSettings read(Environment environment, Providers providers) {
        return new SettingsReader(Sources.of(environment), providers).read(environment);
    }

    private EffectiveSettings read(PropertyResolver properties) {
        var names = new PoolNames(sources, PoolReader.settings(providers, true));
        faults.addAll(names.faults());
        var resolver = new Resolver(sources, faults);
        var values = new Values(resolver, Catalogue.GLOBAL, setting -> setting, faults);
        var global = new GlobalReader(values, sources.profiles());
        report.addAll(values.report());
        pool(resolver, DatabaseSettings.PRIMARY);
        for (String name : names.names()) {
            if (name.equals(DatabaseSettings.PRIMARY)) {
                faults.add("database.pools.primary: the primary pool is what database.url opens");
            } else {
                pool(resolver, name);
            }
        }
        var unknown = new UnknownNames(known(names.names()));
        faults.addAll(unknown.faults(sources));
        Settings settings =
                new Settings(pools, global.monitor(), global.migrations(), global.server(), global.access());
        faults.addAll(settings.faults(properties));
        Faults.throwIfAny(faults);
        return new EffectiveSettings(settings, new ConfigurationReport(report), unknown.hints(sources));
    }

    private void pool(Resolver resolver, String name) {
        var reader = new PoolReader(resolver, providers, name, faults);
        reader.read().ifPresent(pools::add);
        report.addAll(reader.report());
    }

    /** Every name that means something. */
    private List<Setting> known(Collection<String> pools) {
        return Stream.of(
                        Catalogue.GLOBAL.stream(),
                        PoolReader.settings(providers, false).stream(),
                        pools.stream()
                                .flatMap(pool -> PoolReader.settings(providers, true).stream()
                                        .map(setting -> setting.inPool(pool))))
                .flatMap(settings -> settings)
                .flatMap(setting ->
                        setting.kind() == Kind.SECRET ? Stream.of(setting, setting.inFile()) : Stream.of(setting))
                .toList();
    }
}

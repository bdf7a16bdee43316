package dev.basalt.app.settings.reading;

import dev.basalt.app.settings.Providers;
import dev.basalt.app.settings.Settings;
import dev.basalt.app.settings.report.ConfigurationReport;
import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The settings as beans, read before anything else is made. */
@Factory
final class SettingsFactory {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsFactory.class);

    @Singleton
    Providers providers() {
        return Providers.installed();
    }

    @Context
    EffectiveSettings effective(Environment environment, Providers providers) {
        EffectiveSettings effective = SettingsReader.read(environment, providers);
        effective.hints().forEach(LOG::warn);
        return effective;
    }

    @Singleton
    Settings settings(EffectiveSettings effective) {
        return effective.settings();
    }

    @Singleton
    ConfigurationReport report(EffectiveSettings effective) {
        return effective.report();
    }
}

package dev.basalt.app.settings.reading;

import dev.basalt.app.settings.Settings;
import dev.basalt.app.settings.report.ConfigurationReport;
import java.util.List;

/**
 * The settings, and how they came about.
 *
 * @param hints what may be a mistake but need not be, a line each
 */
public record EffectiveSettings(Settings settings, ConfigurationReport report, List<String> hints) {

    public EffectiveSettings {
        hints = List.copyOf(hints);
    }
}

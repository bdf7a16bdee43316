package dev.basalt.app.settings.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The configuration that holds, fit for output.
 *
 * @param settings every setting of every pool, those for all of them first
 */
public record ConfigurationReport(List<ReportedSetting> settings) {

    public ConfigurationReport {
        settings = List.copyOf(settings);
    }

    /** A line for each setting: {@code name = value (source; overrides …)}. */
    public String text() {
        return settings.stream().map(ConfigurationReport::line).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String line(ReportedSetting setting) {
        String overridden = setting.overridden().stream()
                .map(other -> "; overrides " + other.value() + " (" + other.source() + ")")
                .collect(Collectors.joining());
        return "%s = %s (%s%s%s)"
                .formatted(
                        setting.name(),
                        setting.value() == null ? "" : setting.value(),
                        setting.source(),
                        overridden,
                        setting.used() ? "" : "; not used by this backend");
    }
}

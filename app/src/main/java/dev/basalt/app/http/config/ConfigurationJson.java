package dev.basalt.app.http.config;

import dev.basalt.app.settings.report.ConfigurationReport;
import dev.basalt.app.settings.report.ReportedSetting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The configuration that holds. */
record ConfigurationJson(List<SettingJson> settings) {

    static ConfigurationJson of(ConfigurationReport report) {
        return new ConfigurationJson(
                report.settings().stream().map(SettingJson::of).toList());
    }

    /** One setting; {@code used} is false where the pool's backend has no use for it. */
    record SettingJson(
            String name,
            String variable,
            @Nullable String value,
            String source,
            boolean used,
            List<OverriddenJson> overridden) {

        static SettingJson of(ReportedSetting setting) {
            return new SettingJson(
                    setting.name(),
                    setting.variable(),
                    setting.value(),
                    setting.source(),
                    setting.used(),
                    setting.overridden().stream()
                            .map(other -> new OverriddenJson(other.value(), other.source()))
                            .toList());
        }
    }

    /** A value that gave way. */
    record OverriddenJson(String value, String source) {}
}

package dev.basalt.app.settings.reading;

import dev.basalt.app.settings.catalogue.Kind;
import dev.basalt.app.settings.catalogue.Setting;
import dev.basalt.app.settings.report.ReportedSetting;
import dev.basalt.app.settings.report.ReportedSetting.Overridden;
import dev.basalt.app.settings.source.Given;
import dev.basalt.app.settings.source.Origin;
import dev.basalt.domain.settings.DatabaseUrl;
import dev.basalt.domain.settings.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What holds for one setting.
 *
 * @param given the value that won, or {@code null} if only the default is there
 * @param text that value, or the default, as it was written; {@code null} for nothing
 * @param value the same in its one form; {@code null} for nothing and for what cannot be read
 * @param secret for secrets: the value itself
 * @param overridden the other values, that which came nearest first
 */
record Resolved(
        Setting setting,
        @Nullable Given given,
        @Nullable String text,
        @Nullable String value,
        @Nullable Secret secret,
        List<Given> overridden) {

    /** Nothing was given. */
    static Resolved byDefault(Setting setting, List<Given> overridden) {
        String fallback = setting.fallback();
        return new Resolved(
                setting,
                null,
                fallback,
                fallback == null ? null : setting.canonical(fallback).orElseThrow(),
                null,
                overridden);
    }

    boolean byUser() {
        return given != null && given.origin().isUser();
    }

    /** The name for a message: as the user wrote it, or the property where it was not given. */
    String name() {
        return byUser() && given != null ? given.shown() : setting.property();
    }

    /** The beginning of a message on the value: its name, and the value where it may be shown. */
    String isWhat() {
        return text == null || setting.kind() == Kind.SECRET || setting.kind() == Kind.URL
                ? name()
                : name() + " is " + Shown.quoted(text);
    }

    ReportedSetting report(boolean used) {
        return new ReportedSetting(
                setting.property(),
                setting.variable(),
                secret != null ? Secret.MASK : text == null ? null : shown(text),
                (given == null ? Origin.DEFAULT.label() : given.source()),
                used,
                overridden.stream()
                        .map(other -> new Overridden(shown(other.value()), other.source()))
                        .toList());
    }

    private String shown(String value) {
        return switch (setting.kind()) {
            case SECRET -> Secret.MASK;
            case URL -> value.isBlank() ? "" : new DatabaseUrl(value).toString();
            default -> value;
        };
    }
}

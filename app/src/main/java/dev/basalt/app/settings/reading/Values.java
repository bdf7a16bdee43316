package dev.basalt.app.settings.reading;

import dev.basalt.app.settings.catalogue.Setting;
import dev.basalt.app.settings.report.ReportedSetting;
import dev.basalt.domain.settings.InvalidSetting;
import dev.basalt.domain.settings.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The values of one group of settings. What is at fault is noted, and its default stands in for it, so that one pass finds
 * all faults.
 */
final class Values {

    private final UnaryOperator<Setting> scope;
    private final Map<String, Resolved> resolved = new LinkedHashMap<>();
    private final Set<String> unused = new LinkedHashSet<>();
    private final Map<String, Adjusted> adjusted = new LinkedHashMap<>();
    private final List<String> faults;
    private final int faultsBefore;

    /**
     * Reads the settings.
     *
     * @param scope what a setting is called in this group
     * @param faults where faults are noted
     */
    Values(Resolver resolver, List<Setting> settings, UnaryOperator<Setting> scope, List<String> faults) {
        this.scope = scope;
        this.faults = faults;
        this.faultsBefore = faults.size();
        for (Setting setting : settings) {
            Setting named = scope.apply(setting);
            resolved.computeIfAbsent(
                    setting.key(),
                    _ -> named.equals(setting) ? resolver.resolve(named) : resolver.resolve(named, setting));
        }
    }

    Resolved of(Setting setting) {
        return Objects.requireNonNull(resolved.get(setting.key()), setting.key());
    }

    /** Tells whether there was no fault so far. */
    boolean faultless() {
        return faults.size() == faultsBefore;
    }

    boolean byUser(Setting setting) {
        return of(setting).byUser();
    }

    int number(Setting setting) {
        return Integer.parseInt(value(setting));
    }

    Duration duration(Setting setting) {
        return Duration.parse(value(setting));
    }

    boolean flag(Setting setting) {
        return Boolean.parseBoolean(value(setting));
    }

    Optional<String> text(Setting setting) {
        return Optional.ofNullable(of(setting).value());
    }

    Optional<Secret> secret(Setting setting) {
        return Optional.ofNullable(of(setting).secret());
    }

    private String value(Setting setting) {
        return Objects.requireNonNull(of(setting).value(), () -> setting.property() + " has no default");
    }

    /** Notes a fault if the settings that the supplier makes reject this setting's value. */
    void check(Setting setting, Supplier<?> settings) {
        try {
            Objects.requireNonNull(settings.get());
        } catch (InvalidSetting e) {
            faults.add(of(setting).isWhat() + ": " + e.allowed() + " is allowed");
        }
    }

    /** Notes a fault; the message reads on from the setting's name. */
    void fault(Setting setting, String message) {
        faults.add(of(setting).name() + message);
    }

    /** Notes that another value holds than the one that was read, and why. */
    void adjust(Setting setting, String value, String reason) {
        adjusted.put(setting.key(), new Adjusted(value, reason));
    }

    /** Notes that a setting has no effect; where nobody gave it, there is nothing to report of it. */
    void unused(Setting setting) {
        unused.add(setting.key());
    }

    /** What a setting is called in this group. */
    Setting named(Setting setting) {
        return scope.apply(setting);
    }

    List<ReportedSetting> report() {
        var report = new ArrayList<ReportedSetting>();
        resolved.forEach((key, one) -> {
            if (one.byUser() || !unused.contains(key)) {
                ReportedSetting entry = one.report(!unused.contains(key));
                Adjusted holds = adjusted.get(key);
                report.add(
                        holds == null
                                ? entry
                                : new ReportedSetting(
                                        entry.name(),
                                        entry.variable(),
                                        holds.value(),
                                        entry.source() + ", " + holds.reason(),
                                        entry.used(),
                                        entry.overridden()));
            }
        });
        return report;
    }

    private record Adjusted(String value, String reason) {}
}

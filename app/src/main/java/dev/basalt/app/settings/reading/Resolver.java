package dev.basalt.app.settings.reading;

import dev.basalt.app.settings.catalogue.Kind;
import dev.basalt.app.settings.catalogue.Setting;
import dev.basalt.app.settings.source.Given;
import dev.basalt.app.settings.source.SecretFile;
import dev.basalt.app.settings.source.Sources;
import dev.basalt.domain.settings.Secret;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Decides which of the values that were given for a setting holds, and notes what is wrong with them. */
final class Resolver {

    private final Sources sources;
    private final List<String> faults;

    Resolver(Sources sources, List<String> faults) {
        this.sources = sources;
        this.faults = faults;
    }

    /** What holds for a setting; where it is at fault, its default. */
    Resolved resolve(Setting setting) {
        return resolve(setting, List.of());
    }

    /**
     * What holds for a named pool's setting: what was given for it, or what the profile says of every pool.
     *
     * @param primary the same setting of the primary pool
     */
    Resolved resolve(Setting setting, Setting primary) {
        return resolve(
                setting,
                sources.find(primary).stream()
                        .filter(given -> !given.origin().isUser())
                        .toList());
    }

    private Resolved resolve(Setting setting, List<Given> more) {
        List<Given> given =
                Stream.concat(sources.find(setting).stream(), more.stream()).toList();
        List<Given> files = setting.kind() == Kind.SECRET ? sources.find(setting.inFile()) : List.of();
        if (!files.isEmpty()) {
            return inFile(setting, given, files);
        }
        if (given.isEmpty()) {
            return Resolved.byDefault(setting, List.of());
        }
        contradictions(setting, given);
        return value(setting, given.getFirst(), given.subList(1, given.size()));
    }

    /** The names of one setting that users gave different values by; of one name only the value that wins counts. */
    private void contradictions(Setting setting, List<Given> given) {
        var names = new LinkedHashMap<String, Given>();
        given.stream()
                .filter(one -> one.origin().isUser())
                .forEach(one -> names.putIfAbsent(one.canonical() ? "" : one.name(), one));
        if (names.values().stream()
                        .map(one -> sources.resolved(one)
                                .flatMap(setting::canonical)
                                .orElse(one.value()))
                        .distinct()
                        .count()
                > 1) {
            faults.add("%s: these are names of one setting; give one of them"
                    .formatted(String.join(
                            " and ",
                            names.values().stream()
                                    .map(one -> one.shown() + shownValue(setting, one.value()))
                                    .toList())));
        }
    }

    private static String shownValue(Setting setting, String value) {
        return switch (setting.kind()) {
            case SECRET, URL -> "";
            default -> " is " + Shown.quoted(value);
        };
    }

    private Resolved value(Setting setting, Given given, List<Given> overridden) {
        Optional<String> text = sources.resolved(given);
        if (text.isEmpty()) {
            faults.add(given.shown() + unresolved(setting, given));
            return Resolved.byDefault(setting, List.of());
        }
        if (text.get().isBlank()) {
            faults.add(given.shown() + " is empty: leave it out, or give it a value");
            return Resolved.byDefault(setting, List.of());
        }
        Optional<String> value = setting.canonical(text.get().strip());
        if (value.isEmpty()) {
            faults.add("%s is %s: %s is allowed".formatted(given.shown(), Shown.quoted(text.get()), setting.allowed()));
            return Resolved.byDefault(setting, List.of());
        }
        boolean secret = setting.kind() == Kind.SECRET;
        return new Resolved(
                setting,
                given,
                text.get(),
                secret ? null : value.get(),
                secret ? Secret.of(text.get()) : null,
                overridden);
    }

    private String unresolved(Setting setting, Given given) {
        // What looks like a placeholder may be a piece of the password.
        return setting.kind() == Kind.SECRET
                ? " has a placeholder ${…} that stands for nothing; a secret with ${ in it stands in a file"
                : ": %s stands for nothing; set it, or give a default: ${…:default}"
                        .formatted(String.join(", ", sources.unresolved(given)));
    }

    private Resolved inFile(Setting setting, List<Given> given, List<Given> files) {
        Setting fileSetting = setting.inFile();
        contradictions(fileSetting, files);
        given.stream()
                .filter(one -> one.origin().isUser())
                .findFirst()
                .ifPresent(one -> faults.add("%s and %s are both given: give one of them"
                        .formatted(one.shown(), files.getFirst().shown())));
        Resolved path = value(fileSetting, files.getFirst(), List.of());
        if (path.text() == null) {
            return Resolved.byDefault(setting, List.of());
        }
        try {
            return new Resolved(
                    setting,
                    files.getFirst(),
                    null,
                    null,
                    Secret.from(
                            new SecretFile(fileSetting.property(), path.text().strip())),
                    files.subList(1, files.size()));
        } catch (IllegalArgumentException e) {
            faults.add(path.name() + " " + e.getMessage());
            return Resolved.byDefault(setting, List.of());
        }
    }
}

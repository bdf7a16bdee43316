package dev.basalt.app.settings.catalogue;

import dev.basalt.domain.settings.BackendOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One setting.
 *
 * @param key its name among those of its group, such as {@code max-connections}
 * @param property its name in files, arguments and system properties
 * @param variable its name in the environment and in {@code .env}
 * @param aliases further names that it has there
 * @param kind the form of its values
 * @param choices all values that are allowed, for {@link Kind#CHOICE}; empty otherwise
 * @param fallback what holds where it is not set, as a user writes it, or {@code null} for nothing
 * @param description what it does, in one line
 */
public record Setting(
        String key,
        String property,
        String variable,
        List<String> aliases,
        Kind kind,
        List<String> choices,
        @Nullable String fallback,
        String description) {

    public Setting {
        aliases = List.copyOf(aliases);
        choices = List.copyOf(choices);
    }

    /** One of a pool's settings, named as the primary pool's. */
    static Setting ofPool(String key, Kind kind, @Nullable String fallback, String description, String... aliases) {
        return new Setting(
                key,
                "database." + key,
                "DB_" + variable(key),
                List.of(aliases),
                kind,
                List.of(),
                fallback,
                description);
    }

    /** One of a pool's settings that only one backend knows, named as the primary pool's. */
    public static Setting of(BackendOption option) {
        Setting setting = ofPool(option.key(), Kind.of(option), option.fallback(), option.description());
        return new Setting(
                setting.key,
                setting.property,
                setting.variable,
                setting.aliases,
                setting.kind,
                option.choices(),
                setting.fallback,
                setting.description);
    }

    /** The same setting of a named pool. */
    public Setting inPool(String pool) {
        return new Setting(
                key,
                "database.pools." + pool + "." + key,
                "DATABASE_POOLS_" + variable(pool) + "_" + variable(key),
                List.of(),
                kind,
                choices,
                kind == Kind.URL ? null : fallback,
                description);
    }

    /** The setting that names the file in which this one's value stands; for secrets. */
    public Setting inFile() {
        return new Setting(
                key + "-file",
                property + "-file",
                variable + "_FILE",
                List.of(),
                Kind.TEXT,
                List.of(),
                null,
                "a file with the value of `" + variable + "`");
    }

    /** All names that it has in the environment, the one to use first. */
    public List<String> variables() {
        return Stream.concat(Stream.of(variable, variable(property)), aliases.stream())
                .distinct()
                .toList();
    }

    /** The value in its one form: digits, ISO 8601, lower case; empty if it is not allowed. */
    public Optional<String> canonical(String value) {
        return kind.canonical(value, choices);
    }

    /** What is allowed. */
    public String allowed() {
        return kind.allowed(choices);
    }

    /** How a name of words joined by dots and hyphens is written in the environment. */
    static String variable(String name) {
        return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }
}

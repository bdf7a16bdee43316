package dev.basalt.app.settings.source;

import dev.basalt.app.settings.catalogue.Setting;
import io.micronaut.context.env.CommandLinePropertySource;
import io.micronaut.context.env.EnvironmentPropertySource;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.SystemPropertiesPropertySource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One source's values, by the names that the catalogue uses. Immutable. */
final class Source {

    private static final Pattern INDEX = Pattern.compile("\\[\\d+]$");
    private static final String POOLS = "database.pools.";

    private final Origin origin;
    private final Map<String, Entry> entries;

    /** A name as it is written in the source, and its value. */
    record Entry(String name, String value) {}

    private Source(Origin origin, Map<String, Entry> entries) {
        this.origin = origin;
        this.entries = entries;
    }

    static Source of(PropertySource properties) {
        Origin origin = originOf(properties);
        var entries = new LinkedHashMap<String, Entry>();
        for (String written : properties) {
            String value = text(properties.get(written));
            if (origin.kind() == Origin.Kind.ENVIRONMENT && isServiceLink(written, value)) {
                continue;
            }
            String name = origin.hasVariables()
                    ? variable(written)
                    : INDEX.matcher(written).replaceFirst("");
            entries.merge(
                    origin.hasVariables() ? name : property(name),
                    new Entry(name, value),
                    (first, next) -> new Entry(first.name(), first.value() + "," + next.value()));
        }
        return new Source(origin, entries);
    }

    Origin origin() {
        return origin;
    }

    /** All entries, by the names that the catalogue uses. */
    Map<String, Entry> entries() {
        return entries;
    }

    /** What it gives for a setting; by several names, in their order. */
    Collection<Given> find(Setting setting) {
        Collection<String> names = origin.hasVariables() ? setting.variables() : List.of(setting.property());
        return names.stream()
                .flatMap(name -> Optional.ofNullable(entries.get(name)).stream()
                        .map(entry -> new Given(
                                entry.name(),
                                name.equals(setting.property()) || name.equals(setting.variable()),
                                entry.value(),
                                origin)))
                .toList();
    }

    private static Origin originOf(PropertySource properties) {
        String name = properties.getName();
        return switch (name) {
            case CommandLinePropertySource.NAME -> new Origin(Origin.Kind.ARGUMENT, "argument");
            case SystemPropertiesPropertySource.NAME -> new Origin(Origin.Kind.SYSTEM_PROPERTY, "system property");
            case EnvironmentPropertySource.NAME -> new Origin(Origin.Kind.ENVIRONMENT, "environment variable");
            case DotenvFile.NAME -> new Origin(Origin.Kind.DOTENV, DotenvFile.NAME);
            case ContextSetup.SHIPPED -> Origin.DEFAULT;
            default ->
                // A user's file is named with its extension.
                name.matches(ContextSetup.SHIPPED + "-[a-z]+")
                        ? new Origin(
                                Origin.Kind.PROFILE, "profile " + name.substring(ContextSetup.SHIPPED.length() + 1))
                        : new Origin(Origin.Kind.FILE, name);
        };
    }

    private static String text(Object value) {
        return switch (value) {
            case null -> "";
            case Collection<?> several -> several.stream().map(String::valueOf).collect(Collectors.joining(","));
            default -> value.toString();
        };
    }

    /** What Kubernetes sets for a service of that name, such as {@code DB_PORT=tcp://10.0.0.7:5432}. */
    private static boolean isServiceLink(String name, String value) {
        return name.endsWith("_PORT") && value.matches("(tcp|udp|sctp)://.*");
    }

    /** Micronaut turns a number between underscores into an index, which names of pools may well have. */
    private static String variable(String name) {
        return name.replaceAll("\\[(\\d+)]$", "_$1").replaceAll("\\[(\\d+)]", "_$1_");
    }

    /** Camel case, underscores and hyphens are the same but in the name of a pool. */
    private static String property(String name) {
        if (name.toLowerCase(Locale.ROOT).startsWith(POOLS)) {
            int end = name.indexOf('.', POOLS.length());
            String pool = name.substring(POOLS.length(), end < 0 ? name.length() : end);
            return POOLS + pool.toLowerCase(Locale.ROOT) + (end < 0 ? "" : hyphenated(name.substring(end)));
        }
        return hyphenated(name);
    }

    private static String hyphenated(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").replace('_', '-').toLowerCase(Locale.ROOT);
    }
}

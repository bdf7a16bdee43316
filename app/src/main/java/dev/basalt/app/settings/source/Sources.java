package dev.basalt.app.settings.source;

import dev.basalt.app.settings.catalogue.Setting;
import io.micronaut.context.env.Environment;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.exceptions.ConfigurationException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** All that was given, in the order in which it wins. Immutable. */
public final class Sources {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^:}]*)");

    private final Environment environment;
    private final List<Source> sources;

    private Sources(Environment environment, List<Source> sources) {
        this.environment = environment;
        this.sources = sources;
    }

    /** Those of a started environment. */
    public static Sources of(Environment environment) {
        return new Sources(
                environment,
                environment.getPropertySources().stream()
                        .sorted(Comparator.comparingInt(PropertySource::getOrder)
                                .reversed()
                                .thenComparing(PropertySource::getName))
                        .map(Source::of)
                        .toList());
    }

    /** The profiles that are in force. */
    public List<String> profiles() {
        return List.copyOf(environment.getActiveNames());
    }

    /** What was given for a setting, the value that wins first. */
    public List<Given> find(Setting setting) {
        return sources.stream().flatMap(source -> source.find(setting).stream()).toList();
    }

    /** Those that users gave. */
    List<Source> ofUsers() {
        return sources.stream().filter(source -> source.origin().isUser()).toList();
    }

    /**
     * The value with its placeholders replaced.
     *
     * @return the value, or empty if there is one that stands for nothing
     */
    public Optional<String> resolved(Given given) {
        if (!given.value().contains("${")) {
            return Optional.of(given.value());
        }
        try {
            return Optional.of(environment.getPlaceholderResolver().resolveRequiredPlaceholders(given.value()));
        } catch (ConfigurationException | StackOverflowError e) {
            // The latter where placeholders stand for each other.
            return Optional.empty();
        }
    }

    /** The placeholders of a value that stand for nothing; all of them if it cannot be told which. */
    public List<String> unresolved(Given given) {
        List<String> placeholders = PLACEHOLDER
                .matcher(given.value())
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
        List<String> unknown = placeholders.stream()
                .filter(name -> !environment.containsProperty(name))
                .toList();
        return (unknown.isEmpty() ? placeholders : unknown)
                .stream().map(name -> "${" + name + "}").toList();
    }
}

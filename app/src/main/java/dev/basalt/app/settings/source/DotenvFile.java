package dev.basalt.app.settings.source;

import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import io.micronaut.context.env.EnvironmentPropertySource;
import io.micronaut.context.env.MapPropertySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The variables of a file {@value #NAME}, which stand in for those of the environment. */
final class DotenvFile extends MapPropertySource {

    static final String NAME = ".env";

    /** Above any configuration file, below the environment. */
    private static final int POSITION = EnvironmentPropertySource.POSITION - 10;

    /** The library takes what follows the # for a comment, and a password with one would be cut. */
    private static final Pattern COMMENT_BEHIND_VALUE = Pattern.compile("\\s*[\\w.-]+\\s*=\\s*[^\"'#\\s][^#]*#.*");

    private static final Pattern SINGLE_QUOTED = Pattern.compile("'([^']*)'");

    private DotenvFile(Map<String, String> variables) {
        super(NAME, variables);
    }

    /**
     * Reads the file of a directory; without one there are no variables.
     *
     * @throws ConfigurationInvalid if it cannot be read or understood; the message shows none of its values
     */
    static DotenvFile in(Path directory) {
        Path absolute = directory.toAbsolutePath();
        return new DotenvFile(Files.exists(absolute.resolve(NAME)) ? variables(absolute) : Map.of());
    }

    private static Map<String, String> variables(Path directory) {
        Path file = directory.resolve(NAME);
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            if (COMMENT_BEHIND_VALUE.matcher(lines.get(i)).matches()) {
                throw new ConfigurationInvalid(
                        "%s, line %d: a comment stands on a line of its own; a value with a # stands in quotes"
                                .formatted(file, i + 1),
                        null);
            }
        }
        try {
            return Dotenv.configure()
                    .directory(directory.toString())
                    .load()
                    .entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)
                    .stream()
                    .collect(Collectors.toMap(DotenvEntry::getKey, entry -> unquoted(entry.getValue())));
        } catch (DotenvException e) {
            // Its message quotes the line, which may hold a password.
            throw new ConfigurationInvalid(
                    "%s%s is malformed: each line is NAME=value, a comment that begins with #, or empty"
                            .formatted(file, place(lines, String.valueOf(e.getMessage()))),
                    null);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new ConfigurationInvalid(file + " cannot be read as UTF-8 text", e);
        }
    }

    /** The library strips double quotes only. */
    private static String unquoted(String value) {
        var quoted = SINGLE_QUOTED.matcher(value);
        return quoted.matches() ? quoted.group(1) : value;
    }

    private static String place(List<String> lines, String message) {
        return IntStream.range(0, lines.size())
                .filter(i -> !lines.get(i).isBlank() && message.lines().anyMatch(line -> line.endsWith(lines.get(i))))
                .mapToObj(i -> ", line " + (i + 1) + ",")
                .findFirst()
                .orElse("");
    }

    @Override
    public int getOrder() {
        return POSITION;
    }

    @Override
    public PropertyConvention getConvention() {
        return PropertyConvention.ENVIRONMENT_VARIABLE;
    }
}

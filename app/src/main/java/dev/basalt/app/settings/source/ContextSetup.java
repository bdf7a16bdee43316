package dev.basalt.app.settings.source;

import dev.basalt.app.settings.catalogue.Catalogue;
import dev.basalt.domain.failure.DatabaseFailure.ConfigurationInvalid;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.context.env.Environment;
import io.micronaut.core.cli.CommandLine;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Tells Micronaut where settings come from: arguments, system properties, the environment, {@code .env}, the files of
 * {@code micronaut.config.files}, the shipped profile, what else is shipped; the first wins.
 */
public final class ContextSetup {

    /** What is shipped: {@code application.yml}, and a file for each profile. */
    static final String SHIPPED = "application";

    private static final String PROFILE = Catalogue.PROFILE.property();

    private ContextSetup() {}

    /**
     * Gives the builder its sources.
     *
     * @param directory where {@code .env} is looked for
     * @param arguments the command line's, such as {@code -database.url=…}
     * @return the builder
     * @throws ConfigurationInvalid if {@code .env} is malformed
     */
    public static <B extends ApplicationContextBuilder> B configure(B builder, Path directory, String... arguments) {
        DotenvFile dotenv = DotenvFile.in(directory);
        builder.args(arguments)
                .deduceEnvironment(false)
                .overrideConfigLocations("classpath:/")
                .propertySources(dotenv)
                .environments(profiles(dotenv, arguments).toArray(String[]::new));
        return builder;
    }

    /** The environment alone, without beans: all that reading the settings needs. */
    public static Environment environment(Path directory, String... arguments) {
        return configure(ApplicationContext.builder(), directory, arguments)
                .build()
                .getEnvironment()
                .start();
    }

    /** The profiles of the arguments or of the file; those of system properties and environment Micronaut finds itself. */
    private static List<String> profiles(DotenvFile dotenv, String... arguments) {
        Object argument = CommandLine.parse(arguments).getUndeclaredOptions().get(PROFILE);
        if (argument != null) {
            return split(argument.toString());
        }
        boolean given = Stream.of(System.getProperty(PROFILE), System.getenv(Catalogue.PROFILE.variable()))
                .anyMatch(Objects::nonNull);
        Object inFile = dotenv.get(Catalogue.PROFILE.variable());
        return given || inFile == null ? List.of() : split(inFile.toString());
    }

    private static List<String> split(String names) {
        return Stream.of(names.split(",")).map(String::strip).toList();
    }
}

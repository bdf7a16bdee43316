package dev.basalt.app;

import dev.basalt.app.command.Arguments;
import dev.basalt.app.command.Commands;
import dev.basalt.app.http.ProblemJson;
import dev.basalt.app.settings.Providers;
import dev.basalt.app.settings.reading.EffectiveSettings;
import dev.basalt.app.settings.reading.SettingsReader;
import dev.basalt.app.settings.source.ContextSetup;
import io.micronaut.context.env.Environment;
import io.micronaut.openapi.annotation.OpenAPIExtraSchema;
import io.micronaut.runtime.Micronaut;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;
import java.nio.file.Path;
import picocli.CommandLine;

/** Starts the application; a start that fails ends with a line for each reason, and exit code 1. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Basalt",
                        version = "1",
                        description = "Databases, their pools, schemas and migrations, and a ledger on top of them.",
                        license = @License(name = "Apache-2.0")))
@OpenAPIExtraSchema(classes = ProblemJson.class)
public final class Application {

    private static final String CANNOT_START = "Basalt cannot start";

    private Application() {}

    public static void main(String[] args) {
        var arguments = Arguments.of(args);
        if (!arguments.serve()) {
            // What a command has to say goes to the standard output, and nothing else does.
            System.setProperty("basalt.log.target", "System.err");
        }
        String[] settings = arguments.settings().toArray(String[]::new);
        var commands = new CommandLine(new Commands(() -> serve(settings), () -> read(settings)))
                .setCaseInsensitiveEnumValuesAllowed(true);
        int exitCode = commands.setExecutionExceptionHandler((failure, command, _) -> {
                    FailedStart.report(
                            arguments.serve() ? CANNOT_START : command.getCommandName() + " has failed", failure);
                    return 1;
                })
                .execute(arguments.others().toArray(String[]::new));
        if (exitCode != Commands.SERVING) {
            System.exit(exitCode);
        }
    }

    private static int serve(String[] settings) {
        var _ = ContextSetup.configure(new Start(), Path.of(""), settings)
                .mainClass(Application.class)
                .banner(false)
                .start();
        return Commands.SERVING;
    }

    private static EffectiveSettings read(String[] settings) {
        try (Environment environment = ContextSetup.environment(Path.of(""), settings)) {
            return SettingsReader.read(environment, Providers.installed());
        }
    }

    private static final class Start extends Micronaut {
        @Override
        protected void handleStartupException(Environment environment, Throwable failure) {
            FailedStart.report(CANNOT_START, failure);
            System.exit(1);
        }
    }
}

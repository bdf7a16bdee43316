package dev.basalt.app;

import dev.basalt.app.http.ProblemJson;
import io.micronaut.context.env.Environment;
import io.micronaut.openapi.annotation.OpenAPIExtraSchema;
import io.micronaut.runtime.Micronaut;
import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;
import io.swagger.v3.oas.annotations.info.License;

/** Starts the application; a start that fails ends with one line that says why, and exit code 1. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Basalt",
                        version = "1",
                        description = "Databases, their pools, schemas and migrations, and a ledger on top of them.",
                        license = @License(name = "Apache-2.0")))
@OpenAPIExtraSchema(classes = ProblemJson.class)
public final class Application {

    private Application() {}

    public static void main(String[] args) {
        var _ = new Start()
                .args(args)
                .mainClass(Application.class)
                .banner(false)
                .start();
    }

    private static final class Start extends Micronaut {
        @Override
        protected void handleStartupException(Environment environment, Throwable failure) {
            FailedStart.report(failure);
            System.exit(1);
        }
    }
}

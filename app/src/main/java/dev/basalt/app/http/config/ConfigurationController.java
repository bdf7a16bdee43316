package dev.basalt.app.http.config;

import dev.basalt.app.access.Roles;
import dev.basalt.app.http.AnswersProblems;
import dev.basalt.app.settings.report.ConfigurationReport;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.tags.Tag;

/** The configuration. */
@Controller("/api/v1/config")
@Tag(name = "Configuration")
@Secured(Roles.ADMIN)
final class ConfigurationController {

    private final ConfigurationReport report;

    ConfigurationController(ConfigurationReport report) {
        this.report = report;
    }

    /** Each setting, its value, where it came from and what it overrode; no secrets. */
    @Get
    @AnswersProblems
    ConfigurationJson configuration() {
        return ConfigurationJson.of(report);
    }
}

package dev.basalt.app.http.migrations;

import dev.basalt.app.http.AnswersProblems;
import dev.basalt.ports.Backend;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** The migrations of the primary database. */
@Controller("/api/v1/migrations")
@ExecuteOn(TaskExecutors.VIRTUAL)
@Tag(name = "Migrations")
final class MigrationController {

    private final Backend primary;

    MigrationController(Backend primary) {
        this.primary = primary;
    }

    /** All scripts and where they stand. */
    @Get
    @AnswersProblems
    List<MigrationJson> migrations() {
        return primary.migrator().migrations().stream().map(MigrationJson::of).toList();
    }
}

package dev.basalt.app.http.migrations;

import dev.basalt.app.access.Roles;
import dev.basalt.app.http.AnswersProblems;
import dev.basalt.app.http.PickPool;
import dev.basalt.app.http.QueryReader;
import dev.basalt.app.lifecycle.Migrations;
import dev.basalt.domain.migration.Migration;
import dev.basalt.domain.settings.DatabaseSettings;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** The scripts of the databases. */
@Controller("/api/v1/migrations")
@ExecuteOn(TaskExecutors.VIRTUAL)
@Tag(name = "Migrations")
@Secured(Roles.ADMIN)
final class MigrationController {

    private final Migrations migrations;

    MigrationController(Migrations migrations) {
        this.migrations = migrations;
    }

    /** All scripts and where they stand. */
    @Get
    @PickPool
    @AnswersProblems
    List<MigrationJson> migrations(HttpRequest<?> request) {
        return migrations.list(Target.of(request).pool()).stream()
                .map(MigrationJson::of)
                .toList();
    }

    /** Runs the pending scripts. */
    @Post("/migrate")
    @PickPool
    @TakesDryRun
    @AnswersProblems
    ScriptsJson migrate(HttpRequest<?> request) {
        var target = Target.of(request);
        return target.scripts(migrations.migrate(target.pool(), target.dryRun()));
    }

    /** Compares what has run with the scripts; changes nothing. */
    @Post("/validate")
    @PickPool
    @AnswersProblems
    ValidationJson validate(HttpRequest<?> request) {
        String pool = Target.of(request).pool();
        List<String> findings = migrations.validate(pool);
        return new ValidationJson(pool, findings.isEmpty(), findings);
    }

    /** Makes the history fit the scripts again, without running any. */
    @Post("/repair")
    @PickPool
    @TakesDryRun
    @AnswersProblems
    RepairJson repair(HttpRequest<?> request) {
        var target = Target.of(request);
        return new RepairJson(target.pool(), target.dryRun(), migrations.repair(target.pool(), target.dryRun()));
    }

    /** Begins a history on a schema that has none: scripts up to this version count as applied and never run. */
    @Post("/baseline")
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = BaselineJson.class)))
    @PickPool
    @TakesDryRun
    @AnswersProblems
    ScriptsJson baseline(HttpRequest<byte[]> request) {
        var target = Target.of(request);
        BaselineJson baseline = BaselineJson.read(request.getBody().orElseGet(() -> new byte[0]));
        return target.scripts(List.of(
                migrations.baseline(target.pool(), baseline.version(), baseline.description(), target.dryRun())));
    }

    /** Undoes the script that ran last. Until it is migrated again, the schema is not ready. */
    @Post("/revert")
    @PickPool
    @TakesDryRun
    @AnswersProblems
    ScriptsJson revert(HttpRequest<?> request) {
        var target = Target.of(request);
        return target.scripts(List.of(migrations.revert(target.pool(), target.dryRun())));
    }

    /** What a request is about. */
    private record Target(String pool, boolean dryRun) {

        static Target of(HttpRequest<?> request) {
            var query = new QueryReader(request);
            var target = new Target(query.text("pool").orElse(DatabaseSettings.PRIMARY), query.flag("dry_run"));
            query.check();
            return target;
        }

        ScriptsJson scripts(List<Migration> scripts) {
            return new ScriptsJson(
                    pool, dryRun, scripts.stream().map(MigrationJson::of).toList());
        }
    }
}

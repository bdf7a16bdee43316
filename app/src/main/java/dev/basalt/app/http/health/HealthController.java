package dev.basalt.app.http.health;

import dev.basalt.app.access.Caller;
import dev.basalt.app.access.Roles;
import dev.basalt.app.access.users.Role;
import dev.basalt.app.health.Health;
import dev.basalt.app.health.HealthReport;
import dev.basalt.app.http.AnswersProblems;
import dev.basalt.app.http.QueryReader;
import dev.basalt.domain.health.HealthStatus;
import dev.basalt.domain.health.ProbeDepth;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.concurrent.CompletionStage;

/** How the service is. Answers on the event loop: nothing here waits, and nothing that waits can hold it up. */
@Controller("/api/v1/health")
@Tag(name = "Health")
@Secured(Roles.EVERYBODY)
final class HealthController {

    private final Health health;

    HealthController(Health health) {
        this.health = health;
    }

    /** How the databases are. The document is the answer also with 503. */
    @Get
    @Parameter(name = "depth", in = ParameterIn.QUERY, ref = "#/components/parameters/depth")
    @ApiResponse(responseCode = "200", description = "Usable.", useReturnTypeSchema = true)
    @ApiResponse(responseCode = "503", description = "Not usable.", useReturnTypeSchema = true)
    @AnswersProblems
    CompletionStage<HttpResponse<HealthJson>> health(HttpRequest<?> request) {
        var query = new QueryReader(request);
        ProbeDepth depth = query.oneOf("depth", ProbeDepth.class, ProbeDepth.PING);
        query.check();
        if (depth == ProbeDepth.DEEP) {
            Caller.require(request, Role.OPERATOR);
        }
        boolean details = Caller.of(request).mayReadDetails();
        return health.report(depth).thenApply(report -> answer(report, details));
    }

    private static HttpResponse<HealthJson> answer(HealthReport report, boolean details) {
        HttpStatus status = report.status() == HealthStatus.UNHEALTHY ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.OK;
        return HttpResponse.<HealthJson>status(status).body(HealthJson.of(report, details));
    }
}

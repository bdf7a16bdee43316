package dev.basalt.app.http.pools;

import dev.basalt.app.access.Roles;
import dev.basalt.app.backends.Backends;
import dev.basalt.app.http.AnswersProblems;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;

/** The pools. */
@Controller("/api/v1/pools")
@ExecuteOn(TaskExecutors.VIRTUAL)
@Tag(name = "Pools")
@Secured(Roles.VIEWER)
final class PoolController {

    private final Backends backends;

    PoolController(Backends backends) {
        this.backends = backends;
    }

    /** All pools, the primary one first. */
    @Get
    @AnswersProblems
    List<PoolJson> pools() {
        return backends.all().values().stream().map(PoolJson::of).toList();
    }

    /** One pool. */
    @Get("/{pool:[^/]+}")
    @AnswersProblems
    PoolJson pool(@PathVariable String pool) {
        return PoolJson.of(backends.get(pool));
    }
}

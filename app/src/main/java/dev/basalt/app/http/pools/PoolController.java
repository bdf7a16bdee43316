package dev.basalt.app.http.pools;

import dev.basalt.app.access.Roles;
import dev.basalt.app.backends.Backends;
import dev.basalt.app.http.AnswersProblems;
import dev.basalt.app.resilience.Resilience;
import dev.basalt.ports.Backend;
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
    private final Resilience resilience;

    PoolController(Backends backends, Resilience resilience) {
        this.backends = backends;
        this.resilience = resilience;
    }

    /** All pools, the primary one first. */
    @Get
    @AnswersProblems
    List<PoolJson> pools() {
        return backends.all().values().stream().map(this::json).toList();
    }

    /** One pool. */
    @Get("/{pool:[^/]+}")
    @AnswersProblems
    PoolJson pool(@PathVariable String pool) {
        return json(backends.get(pool));
    }

    private PoolJson json(Backend backend) {
        return PoolJson.of(backend, resilience.circuit(backend.pool().name()));
    }

    /** Who has one of its connections now, in the order in which they got them. */
    @Get("/{pool:[^/]+}/holders")
    @AnswersProblems
    @Secured(Roles.OPERATOR)
    List<HolderJson> holders(@PathVariable String pool) {
        return backends.get(pool).pool().holders().stream().map(HolderJson::of).toList();
    }
}

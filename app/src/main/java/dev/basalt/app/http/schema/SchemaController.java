package dev.basalt.app.http.schema;

import dev.basalt.app.access.Roles;
import dev.basalt.app.backends.Backends;
import dev.basalt.app.http.AnswersProblems;
import dev.basalt.app.http.PickPool;
import dev.basalt.app.http.Problem;
import dev.basalt.app.http.ProblemCode;
import dev.basalt.app.http.QueryReader;
import dev.basalt.app.http.Quoted;
import dev.basalt.app.resilience.Resilience;
import dev.basalt.app.settings.Settings;
import dev.basalt.domain.settings.DatabaseSettings;
import dev.basalt.domain.transaction.TransactionOptions;
import dev.basalt.ports.Introspector;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.function.Function;

/** What the databases contain. */
@Controller("/api/v1")
@ExecuteOn(TaskExecutors.VIRTUAL)
@Tag(name = "Schema")
@Secured(Roles.VIEWER)
final class SchemaController {

    private final Backends backends;
    private final Resilience resilience;
    private final int pageSize;

    SchemaController(Backends backends, Resilience resilience, Settings settings) {
        this.backends = backends;
        this.resilience = resilience;
        this.pageSize = settings.server().pageSize();
    }

    /** The databases of the server. */
    @Get("/databases")
    @PickPool
    @AnswersProblems
    List<DatabaseJson> databases(HttpRequest<?> request) {
        var query = new QueryReader(request);
        return look(query, Introspector::databases).stream()
                .map(DatabaseJson::of)
                .toList();
    }

    /** The schemas of the database. */
    @Get("/schemas")
    @PickPool
    @AnswersProblems
    List<SchemaJson> schemas(HttpRequest<?> request) {
        var query = new QueryReader(request);
        return look(query, Introspector::schemas).stream().map(SchemaJson::of).toList();
    }

    /** The tables and views of a schema, by name. */
    @Get("/schemas/{schema:[^/]+}/tables")
    @PickPool
    @Parameter(name = "after", in = ParameterIn.QUERY, ref = "#/components/parameters/after")
    @Parameter(name = "page_size", in = ParameterIn.QUERY, ref = "#/components/parameters/page_size")
    @AnswersProblems
    TablePageJson tables(@PathVariable String schema, HttpRequest<?> request) {
        var query = new QueryReader(request);
        String after = query.text("after").orElse(null);
        int size = query.pageSize(pageSize);
        return TablePageJson.of(look(query, introspector -> introspector.tables(name(schema), after, size)), size);
    }

    /** Everything about one table. */
    @Get("/schemas/{schema:[^/]+}/tables/{table:[^/]+}")
    @PickPool
    @Parameter(name = "exact_count", in = ParameterIn.QUERY, ref = "#/components/parameters/exact_count")
    @AnswersProblems
    TableJson table(@PathVariable String schema, @PathVariable String table, HttpRequest<?> request) {
        var query = new QueryReader(request);
        boolean exactCount = query.flag("exact_count");
        return TableJson.of(look(query, introspector -> introspector.table(name(schema), name(table), exactCount)));
    }

    /** Any name may stand in a path; one with NUL is none in any database. */
    private static String name(String name) {
        if (name.indexOf('\0') >= 0) {
            throw Problem.of(ProblemCode.OBJECT_NOT_FOUND, "there is nothing called " + Quoted.of(name));
        }
        return name;
    }

    /** Looks at the pool that the query names; ends the request if anything in the query was wrong. */
    private <T> T look(QueryReader query, Function<Introspector, T> work) {
        String pool = query.text("pool").orElse(DatabaseSettings.PRIMARY);
        query.check();
        Introspector introspector = backends.get(pool).introspector();
        return resilience
                .transactionsOnAnySchema(pool)
                .inTransaction(TransactionOptions.READ, _ -> work.apply(introspector));
    }
}

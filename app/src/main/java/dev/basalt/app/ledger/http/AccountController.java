package dev.basalt.app.ledger.http;

import dev.basalt.app.access.Roles;
import dev.basalt.app.http.AnswersProblems;
import dev.basalt.app.http.PageJson;
import dev.basalt.app.http.Paged;
import dev.basalt.app.http.QueryReader;
import dev.basalt.app.ledger.Bookkeeping;
import dev.basalt.app.settings.Settings;
import dev.basalt.domain.ledger.AccountOutcome;
import dev.basalt.domain.ledger.OpenAccount;
import dev.basalt.domain.page.PageRequest;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;

/** Accounts. */
@Controller(AccountController.PATH)
@ExecuteOn(TaskExecutors.VIRTUAL)
@Tag(name = "Ledger")
@Secured(Roles.VIEWER)
final class AccountController {

    static final String PATH = "/api/v1/accounts";

    private final Bookkeeping bookkeeping;
    private final int pageSize;

    AccountController(Bookkeeping bookkeeping, Settings settings) {
        this.bookkeeping = bookkeeping;
        this.pageSize = settings.server().pageSize();
    }

    /** Opens an account; the same order under the same key opens it once. */
    @Post
    @Secured(Roles.OPERATOR)
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = NewAccountJson.class)))
    @TakesKey
    @ApiResponse(
            responseCode = "201",
            description = "The account, as it was opened.",
            useReturnTypeSchema = true,
            headers = @Header(name = IdempotencyKey.HEADER, ref = "#/components/headers/idempotency_key"))
    @AnswersProblems
    HttpResponse<AccountJson> open(HttpRequest<byte[]> request) {
        OpenAccount order =
                NewAccountJson.read(request.getBody().orElseGet(() -> new byte[0]), IdempotencyKey.of(request));
        return switch (bookkeeping.open(order)) {
            case AccountOutcome.Opened(var account) ->
                HttpResponse.created(AccountJson.of(account), URI.create(PATH + "/" + account.id()));
            case AccountOutcome.Refused(var refusal) -> throw Refusals.problem(refusal);
        };
    }

    /** The accounts, in the order in which they were opened. */
    @Get
    @Paged
    @AnswersProblems
    PageJson<AccountJson> accounts(HttpRequest<?> request) {
        return PageJson.of(bookkeeping.accounts(QueryReader.page(request, pageSize)), AccountJson::of);
    }

    /** One account. */
    @Get("/{id:[^/]+}")
    @AnswersProblems
    AccountJson account(@PathVariable String id) {
        return AccountJson.of(PathId.find("account", id, bookkeeping::account));
    }

    /** The entries of an account, in the order in which they were booked. */
    @Get("/{id:[^/]+}/entries")
    @Paged
    @AnswersProblems
    PageJson<EntryJson> entries(@PathVariable String id, HttpRequest<?> request) {
        PageRequest page = QueryReader.page(request, pageSize);
        return PageJson.of(PathId.find("account", id, number -> bookkeeping.entries(number, page)), EntryJson::of);
    }
}

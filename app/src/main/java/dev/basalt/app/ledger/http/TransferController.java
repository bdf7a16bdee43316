package dev.basalt.app.ledger.http;

import dev.basalt.app.access.Roles;
import dev.basalt.app.http.AnswersProblems;
import dev.basalt.app.ledger.Bookkeeping;
import dev.basalt.domain.ledger.TransferOrder;
import dev.basalt.domain.ledger.TransferOutcome;
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

/** Transfers. */
@Controller(TransferController.PATH)
@ExecuteOn(TaskExecutors.VIRTUAL)
@Tag(name = "Ledger")
@Secured(Roles.VIEWER)
final class TransferController {

    static final String PATH = "/api/v1/transfers";

    private final Bookkeeping bookkeeping;

    TransferController(Bookkeeping bookkeeping) {
        this.bookkeeping = bookkeeping;
    }

    /** Moves money; the same order under the same key moves it once. */
    @Post
    @Secured(Roles.OPERATOR)
    @RequestBody(required = true, content = @Content(schema = @Schema(implementation = NewTransferJson.class)))
    @TakesKey
    @ApiResponse(
            responseCode = "201",
            description = "The transfer.",
            useReturnTypeSchema = true,
            headers = @Header(name = IdempotencyKey.HEADER, ref = "#/components/headers/idempotency_key"))
    @AnswersProblems
    HttpResponse<TransferJson> transfer(HttpRequest<byte[]> request) {
        TransferOrder order =
                NewTransferJson.read(request.getBody().orElseGet(() -> new byte[0]), IdempotencyKey.of(request));
        return switch (bookkeeping.transfer(order)) {
            case TransferOutcome.Completed(var transfer) ->
                HttpResponse.created(TransferJson.of(transfer), URI.create(PATH + "/" + transfer.id()));
            case TransferOutcome.Refused(var refusal) -> throw Refusals.problem(refusal, order);
        };
    }

    /** One transfer. */
    @Get("/{id:[^/]+}")
    @AnswersProblems
    TransferJson transfer(@PathVariable String id) {
        return TransferJson.of(PathId.find("transfer", id, bookkeeping::transfer));
    }
}

package dev.basalt.app.access;

import dev.basalt.app.http.Problem;
import dev.basalt.app.http.ProblemCode;
import dev.basalt.app.http.ProblemJson;
import dev.basalt.app.http.ProblemResponses;
import dev.basalt.app.http.Quoted;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import io.micronaut.security.authentication.AuthorizationException;
import io.micronaut.security.authentication.DefaultAuthorizationExceptionHandler;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Answers and logs the calls that need a role which their caller has not. */
@Singleton
@Replaces(DefaultAuthorizationExceptionHandler.class)
final class Denials implements ExceptionHandler<AuthorizationException, HttpResponse<ProblemJson>> {

    private final DenialLog log;

    Denials(DenialLog log) {
        this.log = log;
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public HttpResponse<ProblemJson> handle(HttpRequest request, AuthorizationException denied) {
        HttpRequest<?> call = request;
        Optional<String> name = Caller.provedName(call);
        log.denied(call, name.map(known -> Quoted.of(known) + " lacks the role").orElse("no credentials"));
        return ProblemResponses.of(
                call,
                name.isPresent()
                        ? Problem.of(ProblemCode.FORBIDDEN, "your role does not allow this")
                        : Problem.of(ProblemCode.UNAUTHENTICATED, "this needs credentials"));
    }
}

package dev.basalt.app.ledger.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Gives the key back with the response, a failure included: with it an unknown outcome can be looked up. */
@ServerFilter("/api/v1/**")
final class IdempotencyKeyFilter {

    @ResponseFilter
    void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
        IdempotencyKey.known(request).ifPresent(key -> response.header(IdempotencyKey.HEADER, key));
    }
}

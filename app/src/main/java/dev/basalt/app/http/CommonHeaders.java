package dev.basalt.app.http;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;

/** Puts on every response what every response has: the request's id, and on a 503 when to come back. */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class CommonHeaders {

    @ResponseFilter
    void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
        response.getHeaders().set(RequestId.HEADER, RequestId.of(request));
        if (response.code() == 503 && !response.getHeaders().contains(HttpHeaders.RETRY_AFTER)) {
            response.header(HttpHeaders.RETRY_AFTER, ProblemResponses.seconds(ProblemResponses.DEFAULT_RETRY_AFTER));
        }
    }
}

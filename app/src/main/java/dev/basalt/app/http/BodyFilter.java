package dev.basalt.app.http;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Refuses bodies that do not say that they are JSON: the kinds that a form on any page can send are not read at all. A
 * request without a body needs no type.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(BodyFilter.ORDER)
final class BodyFilter {

    /** Behind those who ask for credentials. */
    static final int ORDER = 59_000;

    private static final Pattern JSON = Pattern.compile("application/json\\s*(?:;.*)?", Pattern.CASE_INSENSITIVE);

    @RequestFilter
    void check(HttpRequest<?> request) {
        List<String> types = request.getHeaders().getAll(HttpHeaders.CONTENT_TYPE);
        boolean json = types.size() == 1 && JSON.matcher(types.getFirst()).matches();
        if (!json && hasBody(request)) {
            throw Problem.of(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                    types.isEmpty()
                            ? "the body has no Content-Type: application/json is needed"
                            : "the Content-Type is " + Quoted.of(String.join(", ", types))
                                    + ": application/json is needed");
        }
    }

    private static boolean hasBody(HttpRequest<?> request) {
        return request.getContentLength() > 0 || request.getHeaders().contains(HttpHeaders.TRANSFER_ENCODING);
    }
}

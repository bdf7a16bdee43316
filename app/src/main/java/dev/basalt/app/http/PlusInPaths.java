package dev.basalt.app.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.http.server.annotation.PreMatching;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a plus in a path what it is (RFC 3986): the router decodes paths like forms, where it stands for a blank, and a
 * table's name may have one.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
final class PlusInPaths {

    @PreMatching
    @RequestFilter
    @Nullable
    HttpRequest<?> encode(HttpRequest<?> request) {
        String path = request.getPath();
        if (path.indexOf('+') < 0) {
            return null;
        }
        String query = request.getUri().getRawQuery();
        return request.mutate().uri(URI.create(path.replace("+", "%2B") + (query == null ? "" : "?" + query)));
    }
}

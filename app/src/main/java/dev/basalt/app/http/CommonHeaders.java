package dev.basalt.app.http;

import io.micronaut.core.annotation.Order;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Map;

/**
 * Puts on every response what every response has: the request's id, what a browser may do with it, how to prove who one
 * is on a 401, and when to come back on a 503.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(CommonHeaders.ORDER)
public final class CommonHeaders {

    /** Outside of all filters that refuse anything, so that what the others refuse has the headers, too. */
    public static final int ORDER = -2000;

    /** Where the viewer of the documentation lives, the only pages there are. */
    private static final String PAGES = "/docs";

    private static final String CHALLENGE = "Basic realm=\"basalt\", charset=\"UTF-8\"";

    private static final Map<String, String> FOR_BROWSERS = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");

    private static final String POLICY =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** The viewer sets styles from its script; its icons are part of its style sheet. */
    private static final String POLICY_OF_PAGES =
            POLICY + "; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'";

    @ResponseFilter
    void add(HttpRequest<?> request, MutableHttpResponse<?> response) {
        addTo(request, response);
    }

    /** For responses that no filter sees. */
    static void addTo(HttpRequest<?> request, MutableHttpResponse<?> response) {
        var headers = response.getHeaders();
        headers.set(RequestId.HEADER, RequestId.of(request));
        FOR_BROWSERS.forEach(headers::set);
        boolean page = isPage(request.getPath());
        headers.set("Content-Security-Policy", page ? POLICY_OF_PAGES : POLICY);
        if (!page) {
            headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        if (response.code() == 401) {
            headers.set(HttpHeaders.WWW_AUTHENTICATE, CHALLENGE + ", Bearer");
        }
        if (response.code() == 503 && !headers.contains(HttpHeaders.RETRY_AFTER)) {
            headers.set(HttpHeaders.RETRY_AFTER, ProblemResponses.seconds(ProblemResponses.DEFAULT_RETRY_AFTER));
        }
    }

    private static boolean isPage(String path) {
        return path.equals(PAGES) || path.startsWith(PAGES + "/");
    }
}

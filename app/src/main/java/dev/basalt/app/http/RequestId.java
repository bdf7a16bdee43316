package dev.basalt.app.http;

import io.micronaut.http.HttpRequest;
import java.util.UUID;
import java.util.regex.Pattern;

/** The id of a request: the caller's, if it is harmless, or one of our own. */
public final class RequestId {

    public static final String HEADER = "X-Request-Id";

    /** The key of the diagnostic context that has it for all that is done for the request. */
    static final String DIAGNOSTIC_KEY = "request_id";

    private static final String ATTRIBUTE = "basalt.request-id";
    /** Nothing that could end a line of the log or a header. */
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._~+/=:@-]{1,128}");

    private RequestId() {}

    /** The id, the same each time that one request is asked for. */
    public static String of(HttpRequest<?> request) {
        return request.getAttribute(ATTRIBUTE, String.class).orElseGet(() -> {
            String given = request.getHeaders().get(HEADER);
            String id = given != null && HARMLESS.matcher(given).matches()
                    ? given
                    : UUID.randomUUID().toString();
            request.setAttribute(ATTRIBUTE, id);
            return id;
        });
    }
}

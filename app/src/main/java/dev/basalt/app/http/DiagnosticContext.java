package dev.basalt.app.http;

import io.micronaut.context.propagation.slf4j.MdcPropagationContext;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.Map;

/**
 * Has all that is done for a request know its id, on whichever thread: each line of the log shows it, and pools tell which
 * request holds a connection. It is taken from a thread again as soon as that does something else.
 */
@ServerFilter(ServerFilter.MATCH_ALL_PATTERN)
@Order(DiagnosticContext.ORDER)
final class DiagnosticContext {

    /** Before all filters that might log something. */
    static final int ORDER = CommonHeaders.ORDER - 1;

    @RequestFilter
    void identify(HttpRequest<?> request, MutablePropagatedContext context) {
        context.add(new MdcPropagationContext(Map.of(RequestId.DIAGNOSTIC_KEY, RequestId.of(request))));
    }
}

package dev.basalt.app.access;

import dev.basalt.app.access.users.Role;
import dev.basalt.app.http.Problem;
import dev.basalt.app.http.ProblemCode;
import dev.basalt.app.http.Quoted;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRule;
import io.micronaut.security.rules.SecurityRuleResult;
import io.micronaut.web.router.MethodBasedRouteMatch;
import io.micronaut.web.router.RouteAttributes;
import io.micronaut.web.router.RouteMatch;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * What holds where no annotation says it: that there is nothing at a path is told to those with a role only, and the
 * files of the documentation's viewer are for everybody. The login pages that the framework brings do not exist.
 */
@Singleton
final class UnsecuredRoutes implements SecurityRule<HttpRequest<?>> {

    private static final String VIEWER_FILES = "/docs/";
    private static final String FRAMEWORK = "io.micronaut.security.";

    @Override
    public Publisher<SecurityRuleResult> check(
            @Nullable HttpRequest<?> request, @Nullable Authentication authentication) {
        if (request == null) {
            return Publishers.just(SecurityRuleResult.REJECTED);
        }
        Optional<RouteMatch<?>> route = RouteAttributes.getRouteMatch(request);
        boolean known = authentication != null && authentication.getRoles().contains(Role.VIEWER.code());
        if (route.filter(UnsecuredRoutes::isFrameworks).isPresent()) {
            return known
                    ? Publishers.just(
                            Problem.of(ProblemCode.NOT_FOUND, "there is nothing at " + Quoted.of(request.getPath())))
                    : Publishers.just(SecurityRuleResult.REJECTED);
        }
        return Publishers.just(
                route.isEmpty() && (known || isViewerFile(request))
                        ? SecurityRuleResult.ALLOWED
                        : SecurityRuleResult.UNKNOWN);
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    private static boolean isViewerFile(HttpRequest<?> request) {
        return (request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD)
                && request.getPath().startsWith(VIEWER_FILES);
    }

    private static boolean isFrameworks(RouteMatch<?> route) {
        return route instanceof MethodBasedRouteMatch<?, ?> method
                && method.getDeclaringType().getName().startsWith(FRAMEWORK);
    }
}

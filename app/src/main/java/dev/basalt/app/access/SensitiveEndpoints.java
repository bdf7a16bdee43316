package dev.basalt.app.access;

import io.micronaut.configuration.metrics.micrometer.prometheus.management.PrometheusEndpoint;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.http.HttpRequest;
import io.micronaut.inject.ExecutableMethod;
import io.micronaut.management.endpoint.EndpointSensitivityProcessor;
import io.micronaut.management.endpoint.health.HealthEndpoint;
import io.micronaut.security.authentication.Authentication;
import io.micronaut.security.rules.SecurityRuleResult;
import io.micronaut.security.rules.SensitiveEndpointRule;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * The framework's management endpoints: health is for everybody, metrics are for operators, the rest for admins, whatever
 * the configuration calls sensitive.
 */
@Singleton
@Replaces(SensitiveEndpointRule.class)
final class SensitiveEndpoints extends SensitiveEndpointRule {

    SensitiveEndpoints(EndpointSensitivityProcessor endpoints) {
        super(endpoints);
    }

    @Override
    protected Publisher<SecurityRuleResult> check(
            HttpRequest<?> request, @Nullable Authentication caller, ExecutableMethod<?, ?> method) {
        Class<?> endpoint = method.getDeclaringType();
        boolean allowed = HealthEndpoint.class.isAssignableFrom(endpoint)
                || (caller != null
                        && caller.getRoles()
                                .contains(
                                        PrometheusEndpoint.class.isAssignableFrom(endpoint)
                                                ? Roles.OPERATOR
                                                : Roles.ADMIN));
        return Publishers.just(allowed ? SecurityRuleResult.ALLOWED : SecurityRuleResult.REJECTED);
    }
}

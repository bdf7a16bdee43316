package dev.basalt.app.health;

import dev.basalt.app.lifecycle.NotReady;
import dev.basalt.app.lifecycle.Readiness;
import io.micronaut.core.async.publisher.Publishers;
import io.micronaut.health.HealthStatus;
import io.micronaut.management.health.indicator.HealthIndicator;
import io.micronaut.management.health.indicator.HealthResult;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import org.reactivestreams.Publisher;

/** Down until the schemas are ready, and from the moment on in which the service begins to stop. */
@Singleton
@io.micronaut.management.health.indicator.annotation.Readiness
final class ReadinessIndicator implements HealthIndicator {

    private final Readiness readiness;

    ReadinessIndicator(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    public Publisher<HealthResult> getResult() {
        Optional<NotReady> obstacle = readiness.obstacle();
        HealthResult.Builder result =
                HealthResult.builder("lifecycle", obstacle.isEmpty() ? HealthStatus.UP : HealthStatus.DOWN);
        obstacle.ifPresent(reason ->
                result.details(Map.of("code", reason.code(), "message", String.valueOf(reason.getMessage()))));
        return Publishers.just(result.build());
    }
}

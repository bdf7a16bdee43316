package dev.basalt.app.http.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.basalt.app.health.HealthChange;
import dev.basalt.domain.health.HealthStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of a database's status.
 *
 * @param at when
 * @param from the status before; absent for the first that was known
 * @param to the status since
 * @param code why; absent if all was well
 */
@Schema(name = "HealthChange")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChangeJson(
        Instant at,
        @Nullable HealthStatus from,
        HealthStatus to,
        @Nullable String code) {

    static ChangeJson of(HealthChange change) {
        return new ChangeJson(change.at(), change.from(), change.to(), change.code());
    }
}

package dev.basalt.app.http.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.basalt.domain.pool.PoolStats;
import dev.basalt.domain.settings.DatabasePlace;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is, without a credential.
 *
 * @param hostname its server; absent if there is none
 * @param port its server's port; absent if there is none
 * @param protocol how it is spoken to
 * @param databaseName its name, or the path of its file
 * @param schemaName the schema that names are looked up in first; absent if there are none to choose from
 * @param poolInfo its pool
 */
@Schema(name = "DependencyConfig")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PlaceJson(
        @Nullable String hostname,
        @Nullable Integer port,
        String protocol,
        String databaseName,
        @Nullable String schemaName,
        PoolInfo poolInfo) {

    static PlaceJson of(DatabasePlace place, PoolStats stats) {
        return new PlaceJson(
                place.hostname(),
                place.port(),
                place.protocol(),
                place.database(),
                place.schema(),
                new PoolInfo(stats.max(), stats.active(), stats.idle(), stats.waits()));
    }

    /**
     * The figures of a pool in short.
     *
     * @param maxConnections the most connections it was set to open
     * @param activeConnections connections lent out now
     * @param idleConnections connections open and unused now
     * @param waitCount callers that had to queue, ever
     */
    @Schema(name = "PoolInfo")
    public record PoolInfo(int maxConnections, int activeConnections, int idleConnections, long waitCount) {}
}

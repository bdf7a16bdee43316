package dev.basalt.app.http.migrations;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * How the history was repaired, or would be.
 *
 * @param pool the pool
 * @param dryRun whether nothing was done
 * @param repairs what was done, each naming the script
 */
@Schema(name = "MigrationRepair")
record RepairJson(String pool, boolean dryRun, List<String> repairs) {}

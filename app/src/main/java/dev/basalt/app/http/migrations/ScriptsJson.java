package dev.basalt.app.http.migrations;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * The scripts with which something was done, or would be.
 *
 * @param pool the pool
 * @param dryRun whether nothing was done
 * @param migrations the scripts: as they stand now, or as they stood before they were undone
 */
@Schema(name = "MigrationOutcome")
record ScriptsJson(String pool, boolean dryRun, List<MigrationJson> migrations) {}

package dev.basalt.app.http.migrations;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * Whether the history fits the scripts.
 *
 * @param pool the pool
 * @param valid whether it does
 * @param findings what does not fit, each naming the script
 */
@Schema(name = "MigrationValidation")
record ValidationJson(String pool, boolean valid, List<String> findings) {}

package dev.basalt.app.http.schema;

import dev.basalt.domain.schema.SchemaInfo;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A schema.
 *
 * @param name its name
 */
@Schema(name = "Schema")
record SchemaJson(String name) {

    static SchemaJson of(SchemaInfo schema) {
        return new SchemaJson(schema.name());
    }
}

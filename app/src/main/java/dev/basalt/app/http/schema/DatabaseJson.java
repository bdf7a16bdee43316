package dev.basalt.app.http.schema;

import dev.basalt.domain.schema.DatabaseInfo;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A database of the server.
 *
 * @param name its name
 * @param sizeBytes its size on disk, none where the role may not see it
 */
@Schema(name = "Database")
record DatabaseJson(String name, @Nullable Long sizeBytes) {

    static DatabaseJson of(DatabaseInfo database) {
        return new DatabaseJson(database.name(), database.sizeBytes());
    }
}

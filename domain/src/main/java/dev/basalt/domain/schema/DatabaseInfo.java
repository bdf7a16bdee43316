package dev.basalt.domain.schema;

import org.jspecify.annotations.Nullable;

/**
 * A database of the server.
 *
 * @param name its name
 * @param sizeBytes its size on disk, or {@code null} where the role may not see it
 */
public record DatabaseInfo(String name, @Nullable Long sizeBytes) {}

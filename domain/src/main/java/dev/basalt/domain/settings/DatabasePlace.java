package dev.basalt.domain.settings;

import org.jspecify.annotations.Nullable;

/**
 * Where a database is, without a credential; for authenticated callers and logs.
 *
 * @param protocol how it is spoken to, such as {@code postgresql} or {@code sqlite}
 * @param hostname the server, of several the first, or {@code null} if there is none
 * @param port its port, or {@code null} if there is none
 * @param database the database's name, or the path of its file
 * @param schema the schema that names are looked up in first, or {@code null} if there are no schemas to choose from
 */
public record DatabasePlace(
        String protocol,
        @Nullable String hostname,
        @Nullable Integer port,
        String database,
        @Nullable String schema) {}

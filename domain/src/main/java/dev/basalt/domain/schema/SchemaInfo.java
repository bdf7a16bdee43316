package dev.basalt.domain.schema;

/**
 * A schema of the database.
 *
 * @param name its name
 */
public record SchemaInfo(String name) {}

package dev.basalt.domain.schema;

/** What kind of relation a table is. */
public enum TableType {
    TABLE,
    PARTITIONED_TABLE,
    VIEW,
    MATERIALIZED_VIEW,
    FOREIGN_TABLE,
    VIRTUAL_TABLE
}

package dev.basalt.domain.schema;

/** What happens to the referring rows when the row they refer to changes or goes. */
public enum ReferentialAction {
    NO_ACTION,
    RESTRICT,
    CASCADE,
    SET_NULL,
    SET_DEFAULT
}

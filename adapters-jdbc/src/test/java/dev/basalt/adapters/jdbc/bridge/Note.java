package dev.basalt.adapters.jdbc.bridge;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** A row of a table that only these tests have. */
@MappedEntity("notes")
record Note(@Id long id, String text) {}

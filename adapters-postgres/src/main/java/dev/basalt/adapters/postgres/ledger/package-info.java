/** The ledger's statements and repositories in PostgreSQL's dialect. */
@NullMarked
package dev.basalt.adapters.postgres.ledger;

import org.jspecify.annotations.NullMarked;

/** The ledger's statements and repositories in SQLite's dialect. */
@NullMarked
package dev.basalt.adapters.sqlite.ledger;

import org.jspecify.annotations.NullMarked;

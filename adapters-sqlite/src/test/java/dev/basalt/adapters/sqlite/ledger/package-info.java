/** The ledger and the bridge, proved on SQLite. */
@NullMarked
package dev.basalt.adapters.sqlite.ledger;

import org.jspecify.annotations.NullMarked;

/** The ledger and the bridge, proved on PostgreSQL. */
@NullMarked
package dev.basalt.adapters.postgres.ledger;

import org.jspecify.annotations.NullMarked;

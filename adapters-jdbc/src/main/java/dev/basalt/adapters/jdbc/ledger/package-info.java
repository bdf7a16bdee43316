/** The ledger over JDBC: rows read by Micronaut Data, batches written by SQL over sets. */
@NullMarked
package dev.basalt.adapters.jdbc.ledger;

import org.jspecify.annotations.NullMarked;

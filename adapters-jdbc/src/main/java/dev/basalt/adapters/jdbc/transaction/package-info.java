/** Transactions: begun on a leased connection, nested, bounded in time, ended. */
@NullMarked
package dev.basalt.adapters.jdbc.transaction;

import org.jspecify.annotations.NullMarked;

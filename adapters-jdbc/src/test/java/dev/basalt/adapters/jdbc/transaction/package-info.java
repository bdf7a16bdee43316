/** Parts of the transactions that need no database. */
@NullMarked
package dev.basalt.adapters.jdbc.transaction;

import org.jspecify.annotations.NullMarked;

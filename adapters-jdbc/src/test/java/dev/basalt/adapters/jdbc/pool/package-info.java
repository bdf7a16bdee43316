/** Parts of the pool that need no database. */
@NullMarked
package dev.basalt.adapters.jdbc.pool;

import org.jspecify.annotations.NullMarked;

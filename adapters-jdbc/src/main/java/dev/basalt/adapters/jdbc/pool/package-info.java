/** Connections of a pool: counted, watched, queued for and lent out. */
@NullMarked
package dev.basalt.adapters.jdbc.pool;

import org.jspecify.annotations.NullMarked;

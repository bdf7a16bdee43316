/** Connections: opened, counted, queued for and lent out. */
@NullMarked
package dev.basalt.adapters.jdbc.pool;

import org.jspecify.annotations.NullMarked;

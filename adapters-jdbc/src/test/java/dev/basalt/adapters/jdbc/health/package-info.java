/** The rules of the heartbeat, without a database. */
@NullMarked
package dev.basalt.adapters.jdbc.health;

import org.jspecify.annotations.NullMarked;

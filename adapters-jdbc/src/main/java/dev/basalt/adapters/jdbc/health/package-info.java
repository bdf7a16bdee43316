/** How a database is: the heartbeat that judges it, on a connection of its own, and the probes that look on demand. */
@NullMarked
package dev.basalt.adapters.jdbc.health;

import org.jspecify.annotations.NullMarked;

/** How a connection to a database is opened, before anybody pools it. */
@NullMarked
package dev.basalt.adapters.jdbc.connection;

import org.jspecify.annotations.NullMarked;

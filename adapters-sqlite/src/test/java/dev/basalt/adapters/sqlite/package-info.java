/** The SQLite adapter under the contracts of the ports, and what is SQLite's own. */
@NullMarked
package dev.basalt.adapters.sqlite;

import org.jspecify.annotations.NullMarked;

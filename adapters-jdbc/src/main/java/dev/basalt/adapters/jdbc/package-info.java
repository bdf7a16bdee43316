/** What every JDBC backend has in common: its ports assembled, its health probed. */
@NullMarked
package dev.basalt.adapters.jdbc;

import org.jspecify.annotations.NullMarked;

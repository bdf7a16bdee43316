/** What one database's SQL and driver do differently, as each adapter states it. */
@NullMarked
package dev.basalt.adapters.jdbc.dialect;

import org.jspecify.annotations.NullMarked;

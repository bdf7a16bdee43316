/** Migrations, by Flyway. */
@NullMarked
package dev.basalt.adapters.jdbc.migration;

import org.jspecify.annotations.NullMarked;

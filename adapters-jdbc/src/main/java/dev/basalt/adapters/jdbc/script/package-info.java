/** SQL scripts, cut into statements as their database would cut them. */
@NullMarked
package dev.basalt.adapters.jdbc.script;

import org.jspecify.annotations.NullMarked;

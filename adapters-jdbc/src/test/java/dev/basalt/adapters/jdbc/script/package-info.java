/** Tests of how scripts are cut into statements. */
@NullMarked
package dev.basalt.adapters.jdbc.script;

import org.jspecify.annotations.NullMarked;

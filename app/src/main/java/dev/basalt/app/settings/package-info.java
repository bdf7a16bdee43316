/** The settings that hold, as immutable values; how they are declared, given and read is in the packages below. */
@NullMarked
package dev.basalt.app.settings;

import org.jspecify.annotations.NullMarked;

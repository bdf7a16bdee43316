/** The load, and what looks on meanwhile. */
@NullMarked
package dev.basalt.chaos.load;

import org.jspecify.annotations.NullMarked;

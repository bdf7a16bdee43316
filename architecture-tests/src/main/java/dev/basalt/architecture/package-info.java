/** The rules of the house, for this project and for any other that is laid out like it. */
@NullMarked
package dev.basalt.architecture;

import org.jspecify.annotations.NullMarked;

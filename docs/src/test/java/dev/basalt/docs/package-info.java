/** Holds what people read against what is built. */
@NullMarked
package dev.basalt.docs;

import org.jspecify.annotations.NullMarked;

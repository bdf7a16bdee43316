/** Clients that move money and remember every answer, and pollers that watch meanwhile. */
@NullMarked
package dev.basalt.chaos.load;

import org.jspecify.annotations.NullMarked;

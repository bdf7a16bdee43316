/** What can go wrong with a database, as one closed set that every adapter translates its driver's codes to. */
@NullMarked
package dev.basalt.domain.failure;

import org.jspecify.annotations.NullMarked;

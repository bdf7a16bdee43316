/** How well a database is, and how deeply that was looked into. */
@NullMarked
package dev.basalt.domain.health;

import org.jspecify.annotations.NullMarked;

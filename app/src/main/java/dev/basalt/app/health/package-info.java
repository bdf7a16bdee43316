/** The databases in the health documents of Micronaut Management. */
@NullMarked
package dev.basalt.app.health;

import org.jspecify.annotations.NullMarked;

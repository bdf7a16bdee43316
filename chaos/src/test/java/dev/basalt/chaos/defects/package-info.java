/** Defects for the application to have, each picked by a property: the suite must catch every one. */
@NullMarked
package dev.basalt.chaos.defects;

import org.jspecify.annotations.NullMarked;

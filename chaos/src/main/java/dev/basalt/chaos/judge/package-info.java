/** What must be true after a fault, seen by SQL of the judge's own, and what is measured. */
@NullMarked
package dev.basalt.chaos.judge;

import org.jspecify.annotations.NullMarked;

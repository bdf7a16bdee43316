/** What one statement costs through the ports and without them. */
@NullMarked
package dev.basalt.benchmarks.overhead;

import org.jspecify.annotations.NullMarked;

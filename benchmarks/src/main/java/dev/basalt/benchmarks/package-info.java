/** Measures, prints ratios side by side, and never fails a build: speed is reported, not asserted. */
@NullMarked
package dev.basalt.benchmarks;

import org.jspecify.annotations.NullMarked;

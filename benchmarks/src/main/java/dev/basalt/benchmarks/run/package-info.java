/** What every measurement needs: how it is made, on which databases, and where its figures go. */
@NullMarked
package dev.basalt.benchmarks.run;

import org.jspecify.annotations.NullMarked;

/** How long callers wait for a connection. */
@NullMarked
package dev.basalt.benchmarks.acquire;

import org.jspecify.annotations.NullMarked;

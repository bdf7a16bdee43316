/** Transfers per second: the application over HTTP against other ways to book the same transfer. */
@NullMarked
package dev.basalt.benchmarks.throughput;

import org.jspecify.annotations.NullMarked;

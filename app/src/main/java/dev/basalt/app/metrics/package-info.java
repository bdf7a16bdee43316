/**
 * What Basalt counts and measures. Each class listens to one part of the application and has its meters made beforehand, as
 * an event must cost next to nothing; docs/metrics.md lists them.
 */
@NullMarked
package dev.basalt.app.metrics;

import org.jspecify.annotations.NullMarked;

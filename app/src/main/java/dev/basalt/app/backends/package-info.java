/** The databases that the configuration names: read, opened by the adapter that accepts the URL, closed. */
@NullMarked
package dev.basalt.app.backends;

import org.jspecify.annotations.NullMarked;

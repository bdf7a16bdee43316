/**
 * From the start to the stop: HTTP first, then the schemas as their databases come up, then ready; and at the end refuse,
 * drain, close.
 */
@NullMarked
package dev.basalt.app.lifecycle;

import org.jspecify.annotations.NullMarked;

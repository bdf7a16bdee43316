/** The health document over HTTP, as a plain record that other interfaces can show as well. */
@NullMarked
package dev.basalt.app.http.health;

import org.jspecify.annotations.NullMarked;

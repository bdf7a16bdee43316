/** The pools over HTTP. */
@NullMarked
package dev.basalt.app.http.pools;

import org.jspecify.annotations.NullMarked;

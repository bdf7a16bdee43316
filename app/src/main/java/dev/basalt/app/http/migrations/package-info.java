/** The migrations over HTTP. */
@NullMarked
package dev.basalt.app.http.migrations;

import org.jspecify.annotations.NullMarked;

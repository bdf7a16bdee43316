/** The schemas of the databases over HTTP. */
@NullMarked
package dev.basalt.app.http.schema;

import org.jspecify.annotations.NullMarked;

/** The configuration that holds, over HTTP. */
@NullMarked
package dev.basalt.app.http.config;

import org.jspecify.annotations.NullMarked;

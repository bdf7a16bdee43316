/** The application: it starts the HTTP server on a context that has its backends open and migrated. */
@NullMarked
package dev.basalt.app;

import org.jspecify.annotations.NullMarked;

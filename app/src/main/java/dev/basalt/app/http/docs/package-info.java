/** The description of the HTTP interface, and a page to read it. */
@NullMarked
package dev.basalt.app.http.docs;

import org.jspecify.annotations.NullMarked;

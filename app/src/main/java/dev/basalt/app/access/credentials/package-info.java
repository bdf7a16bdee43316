/** From what a request proves to its caller: passwords and bearer tokens. */
@NullMarked
package dev.basalt.app.access.credentials;

import org.jspecify.annotations.NullMarked;

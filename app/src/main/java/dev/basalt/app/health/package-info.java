/** How the databases are: watched in the background, and answered from what is known, without waiting for any of them. */
@NullMarked
package dev.basalt.app.health;

import org.jspecify.annotations.NullMarked;

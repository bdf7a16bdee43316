/** The ports: the roles that a backend plays, how one is found and opened, and who listens to it. */
@NullMarked
package dev.basalt.ports;

import org.jspecify.annotations.NullMarked;

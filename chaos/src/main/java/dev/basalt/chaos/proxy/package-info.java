/** A way to a server that fails when it is told to: it delays, loses, cuts and refuses, between any client and any server. */
@NullMarked
package dev.basalt.chaos.proxy;

import org.jspecify.annotations.NullMarked;

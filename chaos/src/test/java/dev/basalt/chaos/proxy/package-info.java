/** The faulty network, on plain sockets. */
@NullMarked
package dev.basalt.chaos.proxy;

import org.jspecify.annotations.NullMarked;

/** Every fault that there is: how it is made, how it is taken away, and what it may do to the service. */
@NullMarked
package dev.basalt.chaos.fault;

import org.jspecify.annotations.NullMarked;

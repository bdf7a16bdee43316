/** The contracts of the ports, as abstract test classes: an adapter extends {@link BackendContract} with its database. */
@NullMarked
package dev.basalt.contract;

import org.jspecify.annotations.NullMarked;

/** The contracts of the ports, as abstract test classes: an adapter extends each and gives it a database. */
@NullMarked
package dev.basalt.contract;

import org.jspecify.annotations.NullMarked;

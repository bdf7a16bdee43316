/** The port of the example feature. */
@NullMarked
package dev.basalt.ports.ledger;

import org.jspecify.annotations.NullMarked;

/** How a transaction is to run: what it may do, how isolated it is, how it nests and how long it may take. */
@NullMarked
package dev.basalt.domain.transaction;

import org.jspecify.annotations.NullMarked;

/** The contract of the example feature's port, as abstract test classes. */
@NullMarked
package dev.basalt.contract.ledger;

import org.jspecify.annotations.NullMarked;

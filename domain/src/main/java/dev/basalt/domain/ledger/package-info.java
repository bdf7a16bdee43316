/** The example feature: accounts, transfers between them, and the rules by which a batch of orders is settled. */
@NullMarked
package dev.basalt.domain.ledger;

import org.jspecify.annotations.NullMarked;

/** The use cases of the example feature, each one transaction of the primary database. */
@NullMarked
package dev.basalt.app.ledger;

import org.jspecify.annotations.NullMarked;

/** The ledger over HTTP. */
@NullMarked
package dev.basalt.app.ledger.http;

import org.jspecify.annotations.NullMarked;

/** Proofs of how connections are opened. */
@NullMarked
package dev.basalt.adapters.jdbc.connection;

import org.jspecify.annotations.NullMarked;

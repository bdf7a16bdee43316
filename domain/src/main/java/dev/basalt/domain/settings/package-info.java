/** Validated, immutable settings of one database, and the type that keeps a secret out of every output. */
@NullMarked
package dev.basalt.domain.settings;

import org.jspecify.annotations.NullMarked;

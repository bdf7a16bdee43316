/** What a pool of connections reports about itself. */
@NullMarked
package dev.basalt.domain.pool;

import org.jspecify.annotations.NullMarked;

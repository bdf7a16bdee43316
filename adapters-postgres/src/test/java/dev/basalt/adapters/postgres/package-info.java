/** The PostgreSQL adapter against a real server: every contract, and what only PostgreSQL does. */
@NullMarked
package dev.basalt.adapters.postgres;

import org.jspecify.annotations.NullMarked;

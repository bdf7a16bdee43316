/** The PostgreSQL adapter: its URLs, its transactions, its error codes, its catalogues. */
@NullMarked
package dev.basalt.adapters.postgres;

import org.jspecify.annotations.NullMarked;

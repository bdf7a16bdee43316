/**
 * The SQLite adapter: one writer and many readers on one database file, or on one database in memory. What only SQLite
 * needs is here: its pragmas, its transactions, its result codes, its catalogue and its scripts.
 */
@NullMarked
package dev.basalt.adapters.sqlite;

import org.jspecify.annotations.NullMarked;

/** The databases that are broken: a PostgreSQL server of its own, behind a faulty network, and a SQLite file. */
@NullMarked
package dev.basalt.chaos.database;

import org.jspecify.annotations.NullMarked;

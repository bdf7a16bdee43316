/** Micronaut Data as a guest: its repositories and its own transactions run on Basalt's connections. */
@NullMarked
package dev.basalt.adapters.jdbc.bridge;

import org.jspecify.annotations.NullMarked;

/** What each adapter proves of the parts that all share: the bridge for Micronaut Data. */
@NullMarked
package dev.basalt.adapters.jdbc.bridge;

import org.jspecify.annotations.NullMarked;

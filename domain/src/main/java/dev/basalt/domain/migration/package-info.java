/** The state of a schema's scripts: applied, pending, failed. */
@NullMarked
package dev.basalt.domain.migration;

import org.jspecify.annotations.NullMarked;

/** Pages of a list: which one is asked for, and what it holds. */
@NullMarked
package dev.basalt.domain.page;

import org.jspecify.annotations.NullMarked;

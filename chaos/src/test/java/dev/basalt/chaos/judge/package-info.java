/** That the judge does not pass what it has not seen. */
@NullMarked
package dev.basalt.chaos.judge;

import org.jspecify.annotations.NullMarked;

/** Breaks the databases under the running application, one fault at a time, and judges what became of the money. */
@NullMarked
package dev.basalt.chaos;

import org.jspecify.annotations.NullMarked;

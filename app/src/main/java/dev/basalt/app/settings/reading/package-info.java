/** Makes settings of what the sources give: reads, checks, and finds every fault before anything is opened. */
@NullMarked
package dev.basalt.app.settings.reading;

import org.jspecify.annotations.NullMarked;

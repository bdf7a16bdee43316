/** What keeps the log readable when thousands of requests meet the same fault. */
@NullMarked
package dev.basalt.app.logging;

import org.jspecify.annotations.NullMarked;

/** What runs before the application: the check of the Java version, and the tie to a parent that started it. */
@NullMarked
package dev.basalt.launcher;

import org.jspecify.annotations.NullMarked;
